package seedance.workflows.request;

import java.util.Optional;
import seedance.workflows.json.JsonPath;

/** One item of {@code content}, as far as it could be read. */
sealed interface ContentItem {

  /** The item's JSON path. */
  String path();

  /** A text; empty where it was not readable. */
  record TextItem(String path, Optional<String> text) implements ContentItem {}

  /**
   * An image, video or audio.
   *
   * @param url empty where it was not readable
   * @param role empty where none was given, or none that fits
   * @param unclear whether a role was given and does not fit
   */
  record MediumItem(
      String path, Medium medium, Optional<String> url, Optional<Medium.Role> role, boolean unclear)
      implements ContentItem {

    boolean is(Medium.Role wanted) {
      return role.filter(wanted::equals).isPresent();
    }

    String urlPath() {
      return JsonPath.field(JsonPath.field(path, medium.type()), "url");
    }

    String rolePath() {
      return JsonPath.field(path, "role");
    }
  }

  /** A draft's task; its id is empty where it was not readable. */
  record DraftItem(String path, Optional<String> taskId) implements ContentItem {}

  /** Something whose type is not known. */
  record UnclearItem(String path) implements ContentItem {}
}
