package seedance.activities.provider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Violations;

/** Reads one file of words and names every mistake in it. */
final class ServiceWordsReader {
  /** More than anyone's gateway has, and few enough to try each on every answer. */
  private static final int MOST = 1000;

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.*-]{0,100}");
  private static final int MOST_STARS = 3;
  private static final int LONGEST_MESSAGE = 200;

  private final Violations found;
  private final Map<String, Known> statuses = new HashMap<>();
  private final List<ErrorWords> errors = new ArrayList<>();
  private final List<Pattern> generic = new ArrayList<>();

  ServiceWordsReader(Violations found) {
    this.found = found;
  }

  Map<String, Known> statuses() {
    return statuses;
  }

  List<ErrorWords> errors() {
    return errors;
  }

  List<Pattern> generic() {
    return generic;
  }

  void read(JsonFields file) {
    file.text("note");
    file.object("statuses").ifPresent(this::readStatuses);
    codes(file, "generic").stream().map(ErrorWords::code).forEach(generic::add);
    Optional<List<Json>> all = file.array("errors");
    for (int i = 0; i < all.map(List::size).orElse(0); i++) {
      if (i == MOST) {
        file.refuse("errors", "holds more than " + MOST + " entries");
        break;
      }
      JsonFields.of(all.get().get(i), file.path("errors") + "[" + i + "]", found)
          .ifPresent(this::readError);
    }
    file.refuseOthers();
  }

  private void readStatuses(JsonFields all) {
    for (Known status : Known.values()) {
      List<String> words = all.texts(status.word()).orElse(List.of());
      for (int i = 0; i < words.size(); i++) {
        String path = all.path(status.word()) + "[" + i + "]";
        String word = word(words.get(i));
        if (!Strange.isWord(word)) {
          found.add(path, "is no word: 1 to 40 letters, digits, \"_\" and \"-\"");
          continue;
        }
        Known other = statuses.putIfAbsent(word, status);
        if (other != null) {
          found.add(path, "is there already, among those of " + other.word());
        }
      }
    }
    all.refuseOthers();
  }

  /** {@code In Progress} and {@code in-progress} are one word. */
  static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  private void readError(JsonFields error) {
    error.text("note");
    error.needed("means", "write one of " + String.join(", ", ErrorMeaning.names()));
    Optional<ErrorMeaning> meaning =
        error.oneOf("means", ErrorMeaning.names()).flatMap(ErrorMeaning::of);
    List<String> codes = codes(error, "codes");
    List<String> messages = error.texts("messages").orElse(List.of());
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).isBlank() || messages.get(i).length() > LONGEST_MESSAGE) {
        found.add(
            error.path("messages") + "[" + i + "]",
            "must be 1 to " + LONGEST_MESSAGE + " characters of a message");
      }
    }
    if (codes.isEmpty() && messages.isEmpty()) {
      found.add(error.path(), "fits every error: write codes, or messages, or both");
    }
    boolean unless5xx = error.flag("unless5xx").orElse(false);
    boolean besideGeneric = error.flag("besideGeneric").orElse(false);
    if (besideGeneric && messages.isEmpty()) {
      found.add(error.path("besideGeneric"), "is about messages: write some");
    }
    boolean yields = error.flag("yields").orElse(false);
    error.refuseOthers();
    if (meaning.isPresent() && found.isEmpty()) {
      errors.add(
          new ErrorWords(
              meaning.get(),
              codes.stream().map(ErrorWords::code).toList(),
              messages,
              unless5xx,
              besideGeneric,
              yields));
    }
  }

  private List<String> codes(JsonFields fields, String name) {
    List<String> codes = fields.texts(name).orElse(List.of());
    for (int i = 0; i < codes.size(); i++) {
      if (!isCode(codes.get(i))) {
        found.add(
            fields.path(name) + "[" + i + "]",
            "is no code: letters, digits, \"_\", \".\" and \"-\", with at most %d \"*\" for anything"
                .formatted(MOST_STARS));
      }
    }
    return codes;
  }

  private static boolean isCode(String text) {
    return CODE.matcher(text).matches()
        && Arrays.stream(text.split("")).filter("*"::equals).count() <= MOST_STARS
        && !text.equals("*");
  }
}
