"""The pages of the history: what was changed, by whom, from what to what; and one change taken back."""
