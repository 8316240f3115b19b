"""The product's own settings without limits: two thousand tries in a row would meet them, and nothing else."""

from leerkracht.config.settings import *  # noqa: F403  (all of them, but for what stands below)

ACCOUNT_RATE_LIMITS = False
