from hypothesis import settings

# A busy machine makes a quick example slow; time is no property of these rules.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
