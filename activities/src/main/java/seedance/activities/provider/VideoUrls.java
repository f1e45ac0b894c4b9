package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the video and the last frame among the URLs of a reply. First at the places that are known;
 * then anywhere, as gateways invent their own (M: {@code result_url}, {@code video_urls[]}, {@code
 * task_result.videos[].url}): any URL that can only be the video. A cover, an address to poll or to
 * call back, or what the request had is none, wherever it stands.
 */
final class VideoUrls {
  /** A true reply has a few hundred values. */
  private static final int MOST_VALUES = 5_000;

  private static final int LONGEST_URL = 8_192;

  /** Words in the names of fields whose values, and all below them, are no output. */
  private static final Set<String> OTHER =
      Set.of(
          ("cover covers thumb thumbs thumbnail thumbnails poster posters preview previews image"
                  + " images img imgs picture pictures photo photos frame frames keyframe keyframes"
                  + " icon avatar logo sprite sprites gif callback callbacks webhook webhooks hook"
                  + " notify notification notifications poll polling input inputs request requests req"
                  + " body payload param params parameter parameters option options config settings"
                  + " prompt prompts reference references ref refs source sources origin original"
                  + " originals upload uploads uploaded audio audios music sound voice bgm subtitle"
                  + " subtitles caption captions doc docs documentation help support homepage website"
                  + " profile user account author owner log logs error errors message messages reason"
                  + " draft properties note notes comment info title text tip description terms"
                  + " license")
              .split(" "));

  /** Words that say so only in the name of the URL's own field. */
  private static final Set<String> OTHER_ADDRESS =
      Set.of(
          ("status query get cancel delete self next prev response task tasks job api endpoint page"
                  + " web site stream share host base first last end")
              .split(" "));

  private static final Set<String> VIDEO =
      Set.of("video", "videos", "clip", "clips", "movie", "mp4", "mov");

  private static final Set<String> OUTPUT =
      Set.of(
          ("url urls uri link output outputs result results file files download content media src"
                  + " artifact artifacts asset assets")
              .split(" "));

  /** H: the types of what goes in. */
  private static final Set<String> INPUT_TYPES =
      Set.of("text", "image_url", "video_url", "audio_url", "draft_task");

  private static final Pattern VIDEO_FILE = Pattern.compile("(?i).*\\.(mp4|mov|m4v|webm|mkv)");
  private static final Pattern OTHER_FILE =
      Pattern.compile(
          "(?i).*\\.(png|jpe?g|webp|gif|bmp|tiff?|heic|heif|svg|ico|mp3|wav|aac|m4a|ogg|flac|m3u8"
              + "|mpd|json|html?|xml|txt|srt|vtt|ass|zip|pdf)");
  private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

  private final ServiceUrls service;
  private final String taskId;

  /**
   * @param service resolves relative URLs
   * @param taskId whose own addresses are no video
   */
  VideoUrls(ServiceUrls service, String taskId) {
    this.service = service;
    this.taskId = taskId;
  }

  /**
   * The video's URL; empty where none can only be it.
   *
   * @param task the part of the reply that is about the task
   * @param reply all of it
   */
  Optional<URI> video(JsonNode task, JsonNode reply) {
    return Stream.of(
            task.path("content").path("video_url"),
            task.path("metadata").path("url"),
            task.path("video_url"),
            task.path("url"),
            // A gateway of the new-api family keeps the service's own reply inside its own.
            task.path("data").path("content").path("video_url"))
        .map(this::url)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> best(task))
        .or(() -> task == reply ? Optional.empty() : best(reply));
  }

  /** The last frame's URL; empty where none is named. */
  Optional<URI> lastFrame(JsonNode task) {
    return Stream.concat(Stream.of(task), Envelopes.in(task))
        .flatMap(VideoUrls::lastFrames)
        .map(VideoUrls::text)
        .flatMap(Optional::stream)
        .filter(text -> isUrl(text, true))
        .map(service::resolve)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<JsonNode> lastFrames(JsonNode level) {
    return Stream.of(level.path("content"), level.path("metadata"), level)
        .map(part -> part.path("last_frame_url"));
  }

  private Optional<URI> url(JsonNode node) {
    return text(node)
        .filter(text -> isUrl(text, true))
        .flatMap(service::resolve)
        .filter(this::canBeTheVideo);
  }

  /** Bare, or as {@code {"url": …}}, or the first of several. */
  private static Optional<String> text(JsonNode node) {
    JsonNode one = node.isArray() ? node.path(0) : node;
    String text = Tolerant.text(one.isObject() ? one.path("url") : one).strip();
    return text.isEmpty() || text.length() > LONGEST_URL ? Optional.empty() : Optional.of(text);
  }

  /** A relative URL is told from a word by its slash. */
  private static boolean isUrl(String text, boolean mayBeRelative) {
    String start = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
    boolean absolute = start.startsWith("http://") || start.startsWith("https://");
    boolean relative =
        mayBeRelative && text.indexOf('/') >= 0 && text.chars().noneMatch(c -> c <= ' ');
    return absolute || relative;
  }

  private boolean canBeTheVideo(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return !OTHER_FILE.matcher(path).matches() && !service.isTaskItself(url, taskId);
  }

  /** A URL, and how much speaks for it. */
  private record Candidate(URI url, int score) {}

  private Optional<URI> best(JsonNode root) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    collect(root, "", false, 0, candidates, new int[] {MOST_VALUES});
    List<Candidate> all = new ArrayList<>(candidates.values());
    if (all.stream().map(Candidate::url).distinct().count() == 1) {
      return Optional.of(all.get(0).url());
    }
    return all.stream()
        // Two that only might be it are none.
        .filter(candidate -> candidate.score() > 1)
        .max(Comparator.comparingInt(Candidate::score))
        .map(Candidate::url);
  }

  /**
   * @param path of the node, without the indexes of arrays: of several videos the first counts
   */
  private void collect(
      JsonNode node,
      String path,
      boolean saysVideo,
      int depth,
      Map<String, Candidate> into,
      int[] left) {
    if (left[0]-- <= 0) {
      return;
    }
    if (node.isObject() && !isInput(node, path)) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        List<String> words = words(field.getKey());
        if (words.stream().noneMatch(OTHER::contains)) {
          boolean video = saysVideo || words.stream().anyMatch(VIDEO::contains);
          collect(field.getValue(), path + "." + field.getKey(), video, depth + 1, into, left);
        }
      }
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, path, saysVideo, depth, into, left));
    } else if (node.isTextual() && !into.containsKey(path)) {
      candidate(node.textValue().strip(), path, saysVideo)
          .ifPresent(found -> into.put(path, found));
    }
  }

  private Optional<Candidate> candidate(String text, String path, boolean saysVideo) {
    if (text.length() > LONGEST_URL) {
      return Optional.empty();
    }
    List<String> own = words(path.substring(path.lastIndexOf('.') + 1));
    boolean isFile = VIDEO_FILE.matcher(text.split("[?#]", 2)[0]).matches();
    boolean isOutput = own.stream().anyMatch(OUTPUT::contains);
    boolean isAddress = own.stream().anyMatch(OTHER_ADDRESS::contains) && !(saysVideo && isOutput);
    boolean mayBeRelative = text.startsWith("/") ? isFile || isOutput : isFile;
    if (isAddress || !isUrl(text, mayBeRelative)) {
      return Optional.empty();
    }
    int score = (saysVideo ? 4 : 0) + (isFile ? 2 : 0) + (isOutput ? 1 : 0);
    return score == 0
        ? Optional.empty()
        : service.resolve(text).filter(this::canBeTheVideo).map(url -> new Candidate(url, score));
  }

  /** An item of the request's {@code content}, which gateways may repeat. */
  private static boolean isInput(JsonNode node, String path) {
    return node.path("role").isTextual()
        || path.endsWith(".content") && INPUT_TYPES.contains(Tolerant.text(node.path("type")));
  }

  private static List<String> words(String name) {
    return Stream.of(WORDS.split(name)).map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
