package seedance.activities.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A clip's streams, as far as joining depends on them.
 *
 * @param seconds of its pictures, as ffmpeg writes and reads it; empty where it is not told
 */
record ClipStreams(Video video, Optional<Audio> audio, Optional<String> seconds) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d{1,9})?");
  private static final Pattern RATE = Pattern.compile("[1-9]\\d{0,8}/[1-9]\\d{0,8}");

  /**
   * Pictures.
   *
   * @param frameRate a fraction, such as {@code 24/1}
   * @param header a hash of what a decoder is set up by
   */
  record Video(
      String codec,
      String profile,
      int width,
      int height,
      String pixelFormat,
      String pixelShape,
      String frameRate,
      String timeBase,
      String header) {}

  /** Sound. */
  record Audio(
      String codec,
      String profile,
      String sampleRate,
      int channels,
      String timeBase,
      String header) {}

  /** The command that writes what {@link #read} reads. */
  static List<String> probe(Path ffprobe, Path clip) {
    return List.of(
        ffprobe.toString(),
        "-v",
        "error",
        "-protocol_whitelist",
        "file",
        "-show_data_hash",
        "md5",
        "-show_streams",
        "-of",
        "json",
        "file:" + clip);
  }

  /**
   * Reads the first stream of either kind.
   *
   * @throws NotJoinableException when there is no video in it
   */
  static ClipStreams read(String json) throws NotJoinableException {
    JsonNode streams;
    try {
      streams = JSON.readTree(json).path("streams");
    } catch (JsonProcessingException e) {
      throw new NotJoinableException("ffprobe's answer is not readable");
    }
    JsonNode video = first(streams, "video");
    String frameRate = video.path("r_frame_rate").asText();
    int width = video.path("width").asInt();
    int height = video.path("height").asInt();
    if (width < 2 || height < 2 || !RATE.matcher(frameRate).matches()) {
      throw new NotJoinableException("a clip has no video that ffprobe can read");
    }
    JsonNode audio = first(streams, "audio");
    return new ClipStreams(
        new Video(
            video.path("codec_name").asText(),
            video.path("profile").asText(),
            width,
            height,
            video.path("pix_fmt").asText(),
            video.path("sample_aspect_ratio").asText(),
            frameRate,
            video.path("time_base").asText(),
            video.path("extradata_hash").asText()),
        audio.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new Audio(
                    audio.path("codec_name").asText(),
                    audio.path("profile").asText(),
                    audio.path("sample_rate").asText(),
                    audio.path("channels").asInt(),
                    audio.path("time_base").asText(),
                    audio.path("extradata_hash").asText())),
        Optional.of(video.path("duration").asText())
            .filter(text -> SECONDS.matcher(text).matches()));
  }

  private static JsonNode first(JsonNode streams, String type) {
    for (JsonNode stream : streams) {
      if (stream.path("codec_type").asText().equals(type)) {
        return stream;
      }
    }
    return streams.path(type);
  }
}
