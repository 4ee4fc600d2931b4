"""The rules of Thai municipal schools as pure functions over plain values.

Nothing here reads a database, a clock or a file. Rules without a public source are parameters with a default,
so a school or the hub can set them. Every refusal is a `schema.rules.errors.RuleViolation`.
"""
