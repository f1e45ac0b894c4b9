package seedance.activities.provider;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/**
 * What may be told of an error of the service: nothing that also stands in the request, and no URL.
 * Where the request is not at hand, only what is no one's own: codes and fields that are known to
 * all, and no sentence.
 */
final class Redaction {
  private static final int LONGEST_SENTENCE = 300;
  private static final int MOST_ROUNDS = 20;

  /** Shorter texts are compared as words. */
  private static final int SHORTEST_PART = 4;

  /** Of a field's indexes: more could be a number of the request, in parts. */
  private static final int MOST_DIGITS = 8;

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,6}");
  private static final Pattern HEXADECIMAL_ID = Pattern.compile("(?i)[0-9a-f-]+");
  private static final Pattern CUTS = Pattern.compile("…[\\s\\p{P}]*…");
  private static final Pattern REQUEST_ID =
      Pattern.compile("(?i)[,.;:(\\[]?\\s?request[ _-]?id\\s?[:=]?\\s?[A-Za-z0-9_-]{8,100}[)\\]]?");

  private static final Redaction BLIND = new Redaction(null);

  private final @Nullable RequestTexts request;
  private final List<SharedRuns.Searched> texts;

  private Redaction(@Nullable RequestTexts request) {
    this.request = request;
    this.texts =
        request == null
            ? List.of()
            : request.texts().stream().map(SharedRuns.Searched::of).toList();
  }

  /** By the request, as it was sent or as the store keeps it. */
  static Redaction of(Json request) {
    return new Redaction(RequestTexts.of(request));
  }

  /** Where the request is not at hand. */
  static Redaction blind() {
    return BLIND;
  }

  /** The verdict against a request or a task. */
  ServiceError told(ErrorBody error, FailureType failure, ServiceWords words) {
    String code = code(error, words);
    String param = param(error.anyParam());
    String requestId = error.anyRequestId();
    return new ServiceError(
        failure,
        code.isEmpty() ? null : code,
        param.isEmpty() ? null : param,
        requestId.isEmpty() || holds(requestId) || mayBeMedia(requestId) ? null : requestId,
        sentence(error.inmostMessage()).orElse(null));
  }

  /** The code that decides, or the one of whoever spoke first; "" where there is none to tell. */
  String code(ErrorBody error, ServiceWords words) {
    String code = words.decidingCode(error).orElseGet(error::inmostCode);
    if (code.isEmpty() || NUMBER.matcher(code).matches() || words.isWord(code)) {
      return code;
    }
    if (request == null) {
      return words.knows(code) ? code : "";
    }
    StringBuilder told = new StringBuilder();
    for (String part : code.split("\\.")) {
      String dot = told.isEmpty() ? "" : ".";
      if (part.isEmpty() || !words.isWord(part) && (isUnfit(part) || holds(told + dot + part))) {
        break;
      }
      told.append(dot).append(part);
    }
    return told.toString();
  }

  private String param(String path) {
    List<String> others =
        FieldNames.parts(path).stream().filter(part -> !FieldNames.isKnown(part)).toList();
    boolean isTold =
        others.isEmpty()
            ? path.chars().filter(Character::isDigit).count() <= MOST_DIGITS
            : request != null && others.stream().noneMatch(this::isUnfit) && !holds(path);
    return isTold ? path : "";
  }

  /**
   * Whether a name is of the request, or might be, as where that is not at hand: a key, or media or
   * text in some encoding.
   */
  private boolean isUnfit(String name) {
    return request == null
        || holds(name)
        || !Addresses.cutFrom(name, request.inlineMedia()).equals(name);
  }

  /** An id looks like a key or a hash itself. */
  private boolean mayBeMedia(String requestId) {
    return Addresses.isEncodedText(requestId)
        || request != null && request.inlineMedia() && !HEXADECIMAL_ID.matcher(requestId).matches();
  }

  /** Whether a name also stands in the request, or has a run of characters in common with it. */
  private boolean holds(String name) {
    if (request == null) {
      return false;
    }
    String loose = new Folded(name).loose();
    boolean isPart = loose.length() >= SHORTEST_PART;
    return texts.stream()
            .map(SharedRuns.Searched::text)
            .anyMatch(text -> isPart ? text.loose().contains(loose) : text.words().contains(loose))
        || !SharedRuns.cutFrom(name, texts).equals(name);
  }

  /** What is left of a message, in one line; empty where that is nothing. */
  Optional<String> sentence(String message) {
    if (request == null) {
      return Optional.empty();
    }
    String text = REQUEST_ID.matcher(PlainText.of(message)).replaceAll("");
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String left = SharedRuns.cutFrom(Addresses.cutFrom(text, request.inlineMedia()), texts);
      left = CUTS.matcher(left).replaceAll(Addresses.CUT).strip();
      if (left.equals(text)) {
        return Optional.of(shortened(text))
            .filter(told -> told.codePoints().anyMatch(Character::isLetterOrDigit));
      }
      // What stood on either side of a cut can make a run together.
      text = left;
    }
    return Optional.empty();
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_SENTENCE) {
      return text;
    }
    int end = LONGEST_SENTENCE - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
