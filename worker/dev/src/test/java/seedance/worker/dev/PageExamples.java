package seedance.worker.dev;

import seedance.workflows.json.Json;

/** The four example bodies of the service's own page, word for word. */
final class PageExamples {
  static final Json TEXT =
      json(
          """
          {
          "model": "doubao-seedance-2-0-fast",
          "content": [
          { "type": "text", "text": "一只橘猫在阳光下的窗台上伸懒腰,镜头缓慢推进" }
          ],
          "resolution": "720p",
          "ratio": "16:9",
          "duration": 5
          }""");
  static final Json FIRST_FRAME =
      json(
          """
          {
          "model": "doubao-seedance-2-0",
          "content": [
          { "type": "text", "text": "镜头缓缓拉远,画面中的人物转身微笑" },
          { "type": "image_url", "image_url": { "url": "https://example.com/first.jpg" }, "role": "first_frame" }
          ]
          }""");
  static final Json FIRST_AND_LAST_FRAME =
      json(
          """
          {
          "model": "doubao-seedance-2-0",
          "content": [
          { "type": "text", "text": "花朵从含苞到盛开" },
          { "type": "image_url", "image_url": { "url": "https://example.com/start.jpg" }, "role": "first_frame" },
          { "type": "image_url", "image_url": { "url": "https://example.com/end.jpg" }, "role": "last_frame" }
          ]
          }""");
  static final Json REFERENCE =
      json(
          """
          {
          "model": "doubao-seedance-2-0",
          "content": [
          { "type": "text", "text": "这个人在唱歌,口型与音频同步" },
          { "type": "image_url", "image_url": { "url": "asset://asset-xxxx" }, "role": "reference_image" },
          { "type": "audio_url", "audio_url": { "url": "https://example.com/voice.mp3" }, "role": "reference_audio" }
          ],
          "generate_audio": true
          }""");

  private PageExamples() {}

  static Json json(String text) {
    return Json.read(text).orElseThrow();
  }
}
