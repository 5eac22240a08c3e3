"""What the engine's tests are made of. Everything here is synthetic: nothing was observed."""

from hypothesis import HealthCheck, settings

# Hypothesis tries the same examples everywhere, however busy the machine.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
