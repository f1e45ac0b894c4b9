package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks whether a gateway has a clip at {@code …/videos/{id}/content} (M), where its answer about
 * the finished task names none. Nothing of a file is read; an answer in JSON may name its URL.
 */
final class ClipContent {
  private final OkHttpClient client;
  private final ServiceUrls urls;
  private final Secret key;
  private final Deadline deadline;

  /**
   * @param client follows no redirects, as the request bears the key
   * @param key is blanked in what is read
   * @param deadline of the look; with nothing left, the content counts as one that did not answer
   */
  ClipContent(OkHttpClient client, ServiceUrls urls, Secret key, Deadline deadline) {
    this.client = client;
    this.urls = urls;
    this.key = key;
    this.deadline = deadline;
  }

  /** The task with its video, or with what is known of where it is not. */
  Task find(Task task, Request.Builder request) {
    HttpUrl content = urls.content(task.id());
    Call call = client.newCall(request.url(content).header("Accept", "*/*").get().build());
    try (Response response = deadline.on(call).execute()) {
      if (hasFile(response)) {
        return task.withVideo(content.uri());
      }
      if (response.code() == 200 && typeOf(response).contains("json")) {
        JsonNode json = Reply.read(response, key).json();
        Optional<URI> named =
            new VideoUrls(urls, task.id()).video(json, json, true).map(VideoUrls.Candidate::url);
        if (named.isPresent()) {
          return task.withVideo(named.get());
        }
      }
      String answered = "; its content answered " + response.code();
      return response.code() >= 500 || response.code() == 429 || response.code() == 408
          ? unanswered(task, answered)
          : puzzled(task, Puzzle.Kind.NO_VIDEO, answered);
    } catch (Exception e) {
      return unanswered(task, "; of its content: " + Breakage.afterArrival(e));
    }
  }

  private static boolean hasFile(Response response) {
    int status = response.code();
    if (status / 100 == 3) {
      return response.header("Location") != null && status != 304;
    }
    if (status != 200 && status != 206 || response.body().contentLength() == 0) {
      return false;
    }
    String type = typeOf(response);
    return !type.contains("json") && !type.contains("xml") && !type.startsWith("text/");
  }

  private static String typeOf(Response response) {
    return Optional.ofNullable(response.header("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
  }

  private static Task unanswered(Task task, String how) {
    return puzzled(task, Puzzle.Kind.NO_ANSWER, how);
  }

  private static Task puzzled(Task task, Puzzle.Kind kind, String how) {
    String what = task.puzzle().map(Puzzle::what).orElse("finished, but names no video");
    return task.withPuzzle(new Puzzle(kind, what + how));
  }
}
