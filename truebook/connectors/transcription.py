"""Speech to text by any server with OpenAI's `/audio/transcriptions`. Source: OpenAI, "Create transcription"."""

from dataclasses import dataclass, field

import httpx2

from truebook.kernel.errors import Unavailable

PATIENCE = httpx2.Timeout(30.0, connect=4.0)
ENDINGS = {
    "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "m4a", "audio/amr": "amr",
    "audio/wav": "wav", "audio/webm": "webm",
}  # fmt: skip
"""Servers go by the file's name."""


@dataclass(frozen=True, slots=True)
class Transcriber:
    """A server that hears. `url`: its base, such as https://api.openai.com/v1."""

    http: httpx2.AsyncClient
    url: str
    model: str
    key: str | None = field(default=None, repr=False)

    async def text_of(self, audio: bytes, kind: str, language: str | None) -> str:
        """Return what is said in a recording; raise Unavailable where that cannot be had."""
        ending = ENDINGS.get(kind.partition(";")[0].strip(), "ogg")
        fields = {"model": self.model, "response_format": "json"} | ({"language": language} if language else {})
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            answer = await self.http.post(
                f"{self.url}/audio/transcriptions", data=fields, files={"file": (f"note.{ending}", audio, kind)},
                headers=headers, timeout=PATIENCE,
            )  # fmt: skip
            found = answer.json() if answer.status_code == 200 else None
        except (httpx2.HTTPError, ValueError, RecursionError) as error:
            raise Unavailable(f"the transcription failed: {type(error).__name__}") from error
        text = found.get("text") if isinstance(found, dict) else None
        if not isinstance(text, str):
            raise Unavailable(f"the transcription failed: HTTP {answer.status_code}")
        return text.strip()
