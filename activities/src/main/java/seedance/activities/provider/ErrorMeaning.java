package seedance.activities.provider;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.FailureType;

/**
 * What an error of the service says.
 *
 * @param failure why the request was refused; empty unless the kind is {@link Kind#REJECTED}
 */
record ErrorMeaning(Kind kind, Optional<FailureType> failure) {
  /** A task may exist. */
  static final ErrorMeaning IN_DOUBT = new ErrorMeaning(Kind.IN_DOUBT, Optional.empty());

  /** Surely no task was made, and another try may have one. */
  static final ErrorMeaning NOT_CREATED = new ErrorMeaning(Kind.NOT_CREATED, Optional.empty());

  private static final Map<String, ErrorMeaning> NAMED = named();

  /** Kinds of meaning. */
  enum Kind {
    /** Surely no task was made, nor is one by the same request again. */
    REJECTED,
    NOT_CREATED,
    IN_DOUBT,
    /** Of looks and cancels: the service knows no such task. */
    NO_SUCH_TASK
  }

  ErrorMeaning {
    Objects.requireNonNull(kind, "kind");
    if (failure.isEmpty() == (kind == Kind.REJECTED)) {
      throw new IllegalArgumentException("a failure belongs to a rejection");
    }
  }

  static ErrorMeaning rejected(FailureType failure) {
    return new ErrorMeaning(Kind.REJECTED, Optional.of(failure));
  }

  /** The meaning that a file of words calls so. */
  static Optional<ErrorMeaning> of(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /** Every name of a meaning, for {@link #of}. */
  static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  private static Map<String, ErrorMeaning> named() {
    Map<String, ErrorMeaning> named = new LinkedHashMap<>();
    Arrays.asList(
            FailureType.REQUEST_REJECTED,
            FailureType.INPUT_MODERATED,
            FailureType.OUTPUT_MODERATED,
            FailureType.ACCOUNT_REFUSED,
            FailureType.MODEL_UNAVAILABLE,
            FailureType.ROUTE_NOT_FOUND,
            FailureType.QUOTA_EXHAUSTED)
        .forEach(failure -> named.put(failure.type(), rejected(failure)));
    named.put("NotCreated", NOT_CREATED);
    named.put("InDoubt", IN_DOUBT);
    named.put("NoSuchTask", new ErrorMeaning(Kind.NO_SUCH_TASK, Optional.empty()));
    return named;
  }
}
