package seedance.activities.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Clips, one after the other. Their streams are copied where all are alike, and else encoded anew
 * in the first clip's size and frame rate. There is sound where every clip has some.
 *
 * @param clips absolute paths, at least one
 */
record Film(FilmTools tools, List<Path> clips) {
  /** One without it knows neither its name nor its options. */
  private static final Pattern NO_ENCODER =
      Pattern.compile("Unknown encoder|Unrecognized option 'x264-params'");

  /** Of the encoder, which looks ahead 40 pictures else: at a fixed quality that is but memory. */
  private static final String ENCODER_LOOKS_AHEAD = "rc-lookahead=10:sync-lookahead=0";

  /** Such a clip does not fail the command: the film is made without it. */
  private static final String LEFT_OUT = "Impossible to open";

  Film {
    clips = List.copyOf(clips);
  }

  /**
   * Writes the film as MP4.
   *
   * @param file is there, to be overwritten
   * @param watch told while it is made
   * @return whether the streams were copied
   * @throws NotJoinableException when it cannot be made, or would break the limits
   */
  boolean writeTo(Path file, FilmLimits limits, CommandRun.Watch watch) throws IOException {
    CommandRun.Watch bounded = limits.watch(file, watch);
    try (LinkedClips linked = LinkedClips.of(clips)) {
      boolean copied = writeTo(file, limits, linked, bounded);
      bounded.check();
      return copied;
    }
  }

  private boolean writeTo(Path file, FilmLimits limits, LinkedClips linked, CommandRun.Watch watch)
      throws IOException {
    List<ClipStreams> streams = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      List<String> probe = ClipStreams.probe(tools.ffprobe(), LinkedClips.name(i));
      CommandRun probed = CommandRun.of(probe, linked.folder(), limits.memory(), watch);
      if (!probed.succeeded()) {
        throw new NotJoinableException("ffprobe cannot read a clip");
      }
      streams.add(ClipStreams.read(probed.output()));
    }
    boolean withSound = streams.stream().allMatch(each -> each.audio().isPresent());
    boolean alike =
        areAlike(streams, ClipStreams::video)
            && (!withSound || areAlike(streams, ClipStreams::audio));
    if (alike
        && isCopied(
            linked, copying(linked.list(), withSound, limits, file), limits.memory(), watch)) {
      return true;
    }
    ClipStreams.checkEncodable(streams);
    CommandRun encoded =
        CommandRun.of(
            encoding(streams, withSound, limits, file), linked.folder(), limits.memory(), watch);
    if (!encoded.succeeded()) {
      throw new NotJoinableException(
          NO_ENCODER.matcher(encoded.complaints()).find()
              ? "the clips differ in form, and this worker's ffmpeg has no libx264 to encode them"
                  + " anew"
              : "ffmpeg could not join the clips (exit code " + encoded.exitCode() + ")");
    }
    return false;
  }

  private static <T> boolean areAlike(List<ClipStreams> streams, Function<ClipStreams, T> part) {
    return streams.stream().map(part).distinct().count() == 1;
  }

  private static boolean isCopied(
      LinkedClips linked, List<String> copying, long memory, CommandRun.Watch watch)
      throws IOException {
    CommandRun run = CommandRun.of(copying, linked.folder(), memory, watch);
    return run.succeeded() && !run.complaints().contains(LEFT_OUT);
  }

  /** The demuxer inherits both white lists to the clips. */
  private List<String> copying(String list, boolean withSound, FilmLimits limits, Path file) {
    List<String> command = ffmpeg(limits);
    command.addAll(List.of("-protocol_whitelist", "file"));
    command.addAll(List.of("-format_whitelist", "concat," + ClipStreams.FORMAT));
    command.addAll(List.of("-f", "concat", "-safe", "1", "-i", "file:" + list, "-map", "0:v:0"));
    if (withSound) {
      command.addAll(List.of("-map", "0:a:0"));
    }
    command.addAll(List.of("-c", "copy"));
    command.addAll(asMp4(limits, file));
    return command;
  }

  private List<String> encoding(
      List<ClipStreams> streams, boolean withSound, FilmLimits limits, Path file) {
    List<String> command = ffmpeg(limits);
    command.addAll(List.of("-filter_complex_threads", "1"));
    StringBuilder graph = new StringBuilder();
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < clips.size(); i++) {
      command.addAll(ClipStreams.boundedInput(LinkedClips.name(i), streams));
      graph.append(pictures(i, streams.get(0).video()));
      joined.append("[v%d]".formatted(i));
      if (withSound) {
        graph.append(sound(i, streams.get(i).seconds()));
        joined.append("[a%d]".formatted(i));
      }
    }
    graph
        .append(joined)
        .append("concat=n=%d:v=1:a=%d[v]".formatted(clips.size(), withSound ? 1 : 0));
    if (withSound) {
      graph.append("[a]");
    }
    command.addAll(List.of("-filter_complex", graph.toString(), "-map", "[v]"));
    command.addAll(List.of("-c:v", "libx264", "-crf", "18"));
    command.addAll(List.of("-x264-params", ENCODER_LOOKS_AHEAD));
    command.addAll(List.of("-threads", String.valueOf(FilmLimits.ENCODER_THREADS)));
    if (withSound) {
      command.addAll(List.of("-map", "[a]", "-c:a", "aac", "-b:a", "192k"));
    }
    command.addAll(asMp4(limits, file));
    return command;
  }

  /** The encoder takes even sizes only. */
  private static String pictures(int clip, ClipStreams.Video first) {
    return ("[%1$d:v:0]scale=%2$d:%3$d:force_original_aspect_ratio=decrease,"
            + "pad=%2$d:%3$d:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=%4$s,format=yuv420p[v%1$d];")
        .formatted(clip, first.width() / 2 * 2, first.height() / 2 * 2, first.frameRate());
  }

  /** Sound that outlasts its pictures would hold up the next clip. */
  private static String sound(int clip, Optional<String> seconds) {
    return "[%1$d:a:0]%2$saresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo[a%1$d];"
        .formatted(clip, seconds.map(end -> "atrim=end=" + end + ",").orElse(""));
  }

  private List<String> ffmpeg(FilmLimits limits) {
    List<String> command =
        new ArrayList<>(
            List.of(tools.ffmpeg().toString(), "-nostdin", "-hide_banner", "-v", "error", "-y"));
    command.addAll(ClipStreams.MEMORY);
    command.addAll(limits.ofCommand());
    return command;
  }

  private static List<String> asMp4(FilmLimits limits, Path file) {
    List<String> options = new ArrayList<>(limits.ofFile());
    options.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "file:" + file));
    return options;
  }
}
