"""Settings of a run: defaults, then the environment (CCHC_DB, CCHC_WORKERS, ...), then the options of the command."""

from __future__ import annotations

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from normalize.errors import UsageError


class Settings(BaseSettings):
    """Where the archive lies and how hard a run may work. Sizes are MiB, times seconds."""

    model_config = SettingsConfigDict(env_prefix="CCHC_", extra="ignore")

    db: str = "cchc.db"
    engine: str = Field(default="local", description="local, or dask://host:port of a scheduler")
    workers: int = Field(default=0, ge=0, description="processes that read files; 0 is one for each core")
    file_seconds: float = Field(default=900.0, gt=0, description="time limit of one file")
    file_memory: int = Field(default=4096, ge=256, description="memory limit of one worker process")

    @classmethod
    def of_run(cls, db: str) -> Settings:
        """The settings of a run into this archive. Raises UsageError "setting" where the environment says nonsense."""
        try:
            return cls(db=db)
        except ValidationError as error:
            wrong = (
                f"{cls.model_config['env_prefix']}{one['loc'][0]}".upper() + f"={one['input']}"
                for one in error.errors()
            )
            raise UsageError("setting", ", ".join(wrong)) from error
