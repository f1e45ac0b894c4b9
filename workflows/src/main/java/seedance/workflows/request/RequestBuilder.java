package seedance.workflows.request;

import java.util.List;
import java.util.Objects;
import seedance.workflows.json.Json;
import seedance.workflows.request.Medium.Role;

/**
 * Writes a {@link Request}, one class for each mode: the service's modes exclude one another, and
 * so what cannot be mixed does not compile. Immutable, so that a half-written request is a template
 * for many.
 *
 * <p>A URL is {@code https://…}, {@code asset://ID}, what another generation made ({@code
 * generation://WORKFLOW-ID/video}, {@code step://ID/last_frame} in a chain), or {@code data:…} for
 * an image or an audio.
 *
 * @param <B> the builder itself
 */
public abstract sealed class RequestBuilder<B extends RequestBuilder<B>> extends RequestSettings<B>
    permits RequestBuilder.Described, RequestBuilder.FinalOfDraft {

  private RequestBuilder(Json body) {
    super(body);
  }

  static Text about(String model) {
    return new Text(
        Json.NULL.with(MODEL, Objects.requireNonNull(model, "model")).with(CONTENT, List.of()));
  }

  static FinalOfDraft finalOfDraft(String model, String task) {
    return new FinalOfDraft(
        about(model)
            .bodyWith(
                Json.NULL
                    .with("type", "draft_task")
                    .with(
                        "draft_task", Json.NULL.with("id", Objects.requireNonNull(task, "task")))));
  }

  /**
   * Returns the request.
   *
   * @throws IllegalStateException if it has neither a text nor a medium
   */
  public final Request build() {
    if (body().at(CONTENT).items().isEmpty()) {
      throw new IllegalStateException("a video of what? Call text(…), firstFrame(…) or the like");
    }
    return new Request(body());
  }

  /** What a text can describe. */
  public abstract static sealed class Described<B extends Described<B>> extends RequestBuilder<B>
      permits Text, Search, Frames, Reference {

    private Described(Json body) {
      super(body);
    }

    /** Says what the video shows; another text comes beside it. */
    public final B text(String text) {
      return of(bodyWith(textItem(text)));
    }

    /** Whether the video is a cheap draft, from which a final one can be made. */
    public final B draft(boolean draft) {
      return with("draft", draft);
    }
  }

  /** Text alone, as long as no medium joins it. */
  public static final class Text extends Described<Text> {
    private Text(Json body) {
      super(body);
    }

    @Override
    Text of(Json other) {
      return new Text(other);
    }

    /** Lets the model search the web, which goes with text alone. */
    public Search webSearch() {
      return new Search(body().with("tools", List.of(Json.NULL.with("type", "web_search"))));
    }

    /** Begins the video with an image. */
    public Frames firstFrame(String url) {
      return new Frames(bodyWith(mediumItem(Medium.IMAGE, Role.FIRST_FRAME, url)));
    }

    /** As {@link Reference#referenceImage}. */
    public Reference referenceImage(String url) {
      return new Reference(body()).referenceImage(url);
    }

    /** As {@link Reference#referenceVideo}. */
    public Reference referenceVideo(String url) {
      return new Reference(body()).referenceVideo(url);
    }

    /** As {@link Reference#referenceAudio}. */
    public Reference referenceAudio(String url) {
      return new Reference(body()).referenceAudio(url);
    }
  }

  /** Text alone, with a search. */
  public static final class Search extends Described<Search> {
    private Search(Json body) {
      super(body);
    }

    @Override
    Search of(Json other) {
      return new Search(other);
    }
  }

  /** A first frame, or a first and a last one, and optionally text. */
  public static final class Frames extends Described<Frames> {
    private Frames(Json body) {
      super(body);
    }

    @Override
    Frames of(Json other) {
      return new Frames(other);
    }

    /** Ends the video with an image. */
    public Frames lastFrame(String url) {
      return of(bodyWith(mediumItem(Medium.IMAGE, Role.LAST_FRAME, url)));
    }
  }

  /** References to images, videos and audios, and optionally text. */
  public static final class Reference extends Described<Reference> {
    private Reference(Json body) {
      super(body);
    }

    @Override
    Reference of(Json other) {
      return new Reference(other);
    }

    /** Adds an image to take people, things or a style from. */
    public Reference referenceImage(String url) {
      return of(bodyWith(mediumItem(Medium.IMAGE, Role.REFERENCE_IMAGE, url)));
    }

    /** Adds a video to go on from, to change, or to take movements from. */
    public Reference referenceVideo(String url) {
      return of(bodyWith(mediumItem(Medium.VIDEO, Role.REFERENCE_VIDEO, url)));
    }

    /** Adds a sound to take voices or music from. */
    public Reference referenceAudio(String url) {
      return of(bodyWith(mediumItem(Medium.AUDIO, Role.REFERENCE_AUDIO, url)));
    }

    /** {@code "auto"}, {@code "reference"}, {@code "edit"} or {@code "extend"}. */
    public Reference omniReferenceTaskType(String type) {
      return with(TASK_TYPE, type);
    }
  }

  /** The final video of an earlier draft. */
  public static final class FinalOfDraft extends RequestBuilder<FinalOfDraft> {
    private FinalOfDraft(Json body) {
      super(body);
    }

    @Override
    FinalOfDraft of(Json other) {
      return new FinalOfDraft(other);
    }
  }
}
