package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
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
  private static final Pattern BLANK = Pattern.compile("[\\x00- ]");
  private static final Pattern NO_PATH = Pattern.compile("(?i)[\\x00- {}\\[\\]\"]|^n/a$");
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9-]{1,63}\\.){1,10}[A-Za-z]{2,24}(?::\\d{1,5})?/");
  private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

  private static final Comparator<Candidate> BY_SCORE = Comparator.comparingInt(Candidate::score);

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

  /** A URL, and how much speaks for it. */
  record Candidate(URI url, int score) {
    /** Whether the name of the file, or of the field, says that it is a video. */
    boolean isSure() {
      return score > 1;
    }
  }

  /**
   * The video's URL; empty where none can only be it.
   *
   * @param task the part of the reply that is about the task
   * @param reply all of it
   * @param isDone whether the task has succeeded
   */
  Optional<Candidate> video(JsonNode task, JsonNode reply, boolean isDone) {
    List<Candidate> known = known(task).toList();
    return known.stream()
        .filter(Candidate::isSure)
        .findFirst()
        .or(() -> isDone ? inPlaceOfAReason(task) : Optional.empty())
        .or(() -> Stream.concat(known.stream().limit(1), best(task).stream()).max(BY_SCORE))
        .or(() -> task == reply ? Optional.empty() : best(reply));
  }

  /** Whether a part of a reply names a video itself. */
  boolean isNamedBy(JsonNode part) {
    return known(part).findAny().isPresent() || inPlaceOfAReason(part).isPresent();
  }

  private Stream<Candidate> known(JsonNode task) {
    return Stream.of(
            known(task.path("content").path("video_url"), true),
            known(task.path("metadata").path("url"), false),
            known(task.path("video_url"), true),
            known(task.path("url"), false),
            // A gateway of the new-api family keeps the service's own reply inside its own.
            known(task.path("data").path("content").path("video_url"), true))
        .flatMap(Optional::stream);
  }

  private Optional<Candidate> known(JsonNode node, boolean saysVideo) {
    return text(node)
        .filter(text -> isUrl(text, true))
        .flatMap(text -> candidate(text, score(text, saysVideo, true)));
  }

  /** M: new-api and its forks keep the URL of a success where the reason of a failure would be. */
  private Optional<Candidate> inPlaceOfAReason(JsonNode task) {
    return Stream.of(task.path("fail_reason"), task.path("failReason"))
        .map(VideoUrls::text)
        .flatMap(Optional::stream)
        .filter(text -> isUrl(text, false) && !BLANK.matcher(text).find())
        .map(text -> candidate(text, score(text, true, true)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The last frame's URL; empty where none is named. */
  Optional<URI> lastFrame(JsonNode task) {
    return Stream.concat(Stream.of(task), Envelopes.in(task))
        .flatMap(VideoUrls::lastFrames)
        .map(VideoUrls::text)
        .flatMap(Optional::stream)
        .filter(text -> isUrl(text, true))
        .map(this::resolve)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<JsonNode> lastFrames(JsonNode level) {
    return Stream.of(level.path("content"), level.path("metadata"), level)
        .map(part -> part.path("last_frame_url"));
  }

  /** Bare, or as {@code {"url": …}}, or the first of several. */
  private static Optional<String> text(JsonNode node) {
    JsonNode one = node.isArray() ? node.path(0) : node;
    String text = Tolerant.text(one.isObject() ? one.path("url") : one).strip();
    return text.isEmpty() || text.length() > LONGEST_URL ? Optional.empty() : Optional.of(text);
  }

  /** A relative URL is told from a word by its slash, and from a text by what it has none of. */
  private static boolean isUrl(String text, boolean mayBeRelative) {
    String start = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
    boolean absolute = start.startsWith("http://") || start.startsWith("https://");
    return absolute || mayBeRelative && text.indexOf('/') >= 0 && !NO_PATH.matcher(text).find();
  }

  /** One without a scheme that begins with a host is nothing below the base URL. */
  private Optional<URI> resolve(String text) {
    return service.resolve(HOST.matcher(text).lookingAt() ? "https://" + text : text);
  }

  private boolean canBeTheVideo(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return !OTHER_FILE.matcher(path).matches() && !service.isTaskItself(url, taskId);
  }

  private Optional<Candidate> best(JsonNode root) {
    Collected collected = new Collected();
    collected.add(root, "", false, true);
    List<Candidate> all = List.copyOf(collected.candidates.values());
    if (all.stream().map(Candidate::url).distinct().count() == 1) {
      return Optional.of(all.get(0));
    }
    // Two that only might be it are none.
    return all.stream().filter(Candidate::isSure).max(BY_SCORE);
  }

  /** The candidates of a reply by their places, without the indexes of arrays: the first counts. */
  private final class Collected {
    final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private int left = MOST_VALUES;

    /**
     * @param mayBeJson whether a text may be JSON once more, as gateways pass on what they got
     */
    void add(JsonNode node, String path, boolean saysVideo, boolean mayBeJson) {
      if (left-- <= 0) {
        return;
      }
      if (node.isObject() && !isInput(node, path)) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          List<String> words = words(field.getKey());
          if (words.stream().noneMatch(OTHER::contains)) {
            boolean video = saysVideo || words.stream().anyMatch(VIDEO::contains);
            add(field.getValue(), path + "." + field.getKey(), video, mayBeJson);
          }
        }
      } else if (node.isArray()) {
        node.forEach(item -> add(item, path, saysVideo, mayBeJson));
      } else if (node.isTextual()) {
        String text = node.textValue().strip();
        Optional<JsonNode> json = mayBeJson ? Reply.jsonIn(text) : Optional.empty();
        if (json.isPresent()) {
          add(json.get(), path, saysVideo, false);
        } else if (!candidates.containsKey(path)) {
          candidate(text, path, saysVideo).ifPresent(found -> candidates.put(path, found));
        }
      }
    }
  }

  private Optional<Candidate> candidate(String text, String path, boolean saysVideo) {
    if (text.length() > LONGEST_URL) {
      return Optional.empty();
    }
    List<String> own = words(path.substring(path.lastIndexOf('.') + 1));
    boolean isOutput = own.stream().anyMatch(OUTPUT::contains);
    boolean isAddress = own.stream().anyMatch(OTHER_ADDRESS::contains) && !(saysVideo && isOutput);
    boolean mayBeRelative = isFile(text) || text.startsWith("/") && isOutput;
    return isAddress || !isUrl(text, mayBeRelative)
        ? Optional.empty()
        : candidate(text, score(text, saysVideo, isOutput));
  }

  private Optional<Candidate> candidate(String text, int score) {
    return score == 0
        ? Optional.empty()
        : resolve(text).filter(this::canBeTheVideo).map(url -> new Candidate(url, score));
  }

  private static int score(String text, boolean saysVideo, boolean isOutput) {
    return (saysVideo ? 4 : 0) + (isFile(text) ? 2 : 0) + (isOutput ? 1 : 0);
  }

  private static boolean isFile(String text) {
    return VIDEO_FILE.matcher(text.split("[?#]", 2)[0]).matches();
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
