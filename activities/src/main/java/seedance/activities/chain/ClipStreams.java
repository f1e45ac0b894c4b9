package seedance.activities.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  /** ffmpeg's demuxer for MP4 and MOV. */
  static final String FORMAT = "mov";

  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d{1,9})?");

  /** Of any clip, if only to copy it. */
  private static final long MOST_PIXELS = 1 << 24;

  /** Of a clip that is encoded anew: 4K, of which the service makes 3840 x 2160, in any ratio. */
  private static final long MOST_PIXELS_ENCODED = 9_500_000;

  /**
   * Of all clips that are encoded anew, each as large as the largest: while one is read, ffmpeg
   * holds some pictures of each.
   */
  private static final long MOST_PIXELS_TOGETHER = 1 << 26;

  /** A decoder counts whole blocks, of 64 at most, and lines that begin at such a place. */
  private static final int BLOCKS = 128;

  /**
   * A command's, in one piece: a sample table of two million entries, or a picture of the most
   * pixels.
   */
  static final List<String> MEMORY = List.of("-max_alloc", String.valueOf(1 << 26));

  /** Pictures, sound, and what else a camera writes. */
  private static final int MOST_STREAMS = 8;

  /** The service's own are of a minute at most. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * Pictures.
   *
   * @param frameRate a fraction, such as {@code 24/1}, bounded by {@link FrameRate}
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
      String header) {
    long pixels() {
      return (long) width * height;
    }

    /** In pixels of the usual form, of one and a half bytes; the largest form has six. */
    long memory() {
      return pixels()
          * switch (pixelFormat) {
            case "yuv420p", "yuvj420p" -> 1;
            case "yuv420p10le" -> 2;
            default -> 4;
          };
    }
  }

  /** Sound. */
  record Audio(
      String codec,
      String profile,
      String sampleRate,
      int channels,
      String timeBase,
      String header) {}

  /**
   * How a clip is handed to ffmpeg and ffprobe: as MP4 or MOV whatever it looks like, as a file
   * that leads to no other, with bounds on what may be decoded of it. Each option holds for one
   * input only.
   *
   * @param clip its name in the folder that they run in
   */
  private static List<String> input(String clip, long mostPixels) {
    return List.of(
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        FORMAT,
        "-enable_drefs",
        "0",
        "-use_absolute_path",
        "0",
        "-max_pixels",
        String.valueOf(mostPixels),
        "-max_streams",
        String.valueOf(MOST_STREAMS),
        "-f",
        FORMAT,
        "-i",
        "file:" + clip);
  }

  /**
   * As {@link #input}, and no more of it than a clip may have, by a decoder that holds no pictures
   * for other threads: all clips of a film are open at once. None has larger pictures inside than
   * the largest was checked by.
   */
  static List<String> boundedInput(String clip, List<ClipStreams> all) {
    long mostPixels =
        all.stream()
            .map(ClipStreams::video)
            .mapToLong(each -> (long) (each.width() + BLOCKS) * (each.height() + BLOCKS))
            .max()
            .orElse(0);
    List<String> options =
        new ArrayList<>(List.of("-t", String.valueOf(LONGEST.toSeconds()), "-threads", "1"));
    options.addAll(input(clip, mostPixels));
    return options;
  }

  /**
   * @throws NotJoinableException when encoding these clips anew would take too much memory
   */
  static void checkEncodable(List<ClipStreams> clips) throws NotJoinableException {
    if (clips.stream().anyMatch(each -> each.video().pixels() > MOST_PIXELS_ENCODED)) {
      throw new NotJoinableException(
          "the clips cannot be joined as they are, and one is too large to be encoded anew: more"
              + " than 9.5 million pixels");
    }
    long largest = clips.stream().mapToLong(each -> each.video().memory()).max().orElse(1);
    long most = MOST_PIXELS_TOGETHER / largest;
    if (clips.size() > most) {
      throw new NotJoinableException(
          ("the clips cannot be joined as they are, and are too many to be encoded anew: at most"
                  + " %d where one is that large")
              .formatted(most));
    }
  }

  /** The command that writes what {@link #read} reads. */
  static List<String> probe(Path ffprobe, String clip) {
    List<String> command = new ArrayList<>(List.of(ffprobe.toString(), "-v", "error"));
    command.addAll(MEMORY);
    command.addAll(List.of("-show_data_hash", "md5", "-show_streams", "-of", "json"));
    command.addAll(input(clip, MOST_PIXELS));
    return command;
  }

  /**
   * Reads the first stream of either kind.
   *
   * @throws NotJoinableException when there is no video in it, or one beyond all measure
   */
  static ClipStreams read(String json) throws NotJoinableException {
    JsonNode streams;
    try {
      streams = JSON.readTree(json).path("streams");
    } catch (JsonProcessingException e) {
      throw new NotJoinableException("ffprobe's answer is not readable");
    }
    JsonNode video = first(streams, "video");
    int width = video.path("width").asInt();
    int height = video.path("height").asInt();
    if (width < 2 || height < 2) {
      throw new NotJoinableException("a clip has no video that ffprobe can read");
    }
    if ((long) width * height > MOST_PIXELS) {
      throw new NotJoinableException("a clip's pictures are of more than 16 million pixels");
    }
    String frameRate =
        FrameRate.of(video.path("r_frame_rate").asText(), video.path("avg_frame_rate").asText())
            .orElseThrow(
                () ->
                    new NotJoinableException("a clip's frame rate is not from 1 to 120 a second"));
    Optional<String> seconds =
        Optional.of(video.path("duration").asText())
            .filter(text -> SECONDS.matcher(text).matches());
    if (seconds.isPresent() && Double.parseDouble(seconds.get()) > LONGEST.toSeconds()) {
      throw new NotJoinableException(
          "a clip is longer than %d minutes".formatted(LONGEST.toMinutes()));
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
        seconds);
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
