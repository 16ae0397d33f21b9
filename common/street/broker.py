"""The broker of last resort: a folder. Slow and forgetful when killed, which is why a message is only a bell."""

from __future__ import annotations

from pathlib import Path


class FileBroker:
    """kombu's filesystem transport over `home`, with the same face as `RedisServer`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def start(self) -> None:
        """Make the folders the transport expects to find."""
        for folder in ("messages", "control"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)

    def stop(self) -> None:
        """Nothing runs, so nothing stops."""

    def broker_url(self) -> str:
        """The address for Celery; `transport_options` turns the folder in it into kombu's options."""
        return f"filesystem://{self.home}"


def transport_options(broker_url: str) -> dict[str, object]:
    """kombu's options for `broker_url`: where the file broker keeps messages, how soon Redis redelivers (seconds)."""
    if broker_url.startswith("filesystem://"):
        home = Path(broker_url.removeprefix("filesystem://"))
        messages = str(home / "messages")
        return {
            "data_folder_in": messages,
            "data_folder_out": messages,
            "control_folder": str(home / "control"),
            "polling_interval": 0.1,
        }
    return {"visibility_timeout": 3600, "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
