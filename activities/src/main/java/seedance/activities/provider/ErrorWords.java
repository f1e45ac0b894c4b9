package seedance.activities.provider;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Errors that mean the same: those that have one of the codes and one of the messages.
 *
 * @param codes in any case, {@code *} for anything; "" for an error without a code; empty: any
 * @param messages of which one is in the error's text, in any case; empty: any
 * @param unless5xx whether this decides nothing about an answer whose status says that a task may
 *     exist (5xx, 3xx, 408)
 */
record ErrorWords(
    ErrorMeaning meaning, List<Pattern> codes, List<String> messages, boolean unless5xx) {
  ErrorWords {
    Objects.requireNonNull(meaning, "meaning");
    codes = List.copyOf(codes);
    messages = messages.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }

  /** A code with {@code *} for anything. */
  static Pattern code(String text) {
    return Pattern.compile(
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.CASE_INSENSITIVE);
  }

  boolean fit(ErrorBody error) {
    return error.isPresent() && hasCode(error.code()) && hasMessage(error.message());
  }

  /** Whether a code is one of those that are written out, but for what may follow it. */
  boolean hasName(String code) {
    return codes.stream()
        .map(each -> each.pattern().replace("\\Q", "").replace("\\E", "").replace(".*", ""))
        .map(name -> name.replaceFirst("\\.$", ""))
        .anyMatch(name -> !name.isEmpty() && name.equalsIgnoreCase(code));
  }

  /** Whether a code is among these; "" where their messages alone decide. */
  boolean hasCode(String code) {
    return codes.isEmpty() || codes.stream().anyMatch(each -> each.matcher(code).matches());
  }

  private boolean hasMessage(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return messages.isEmpty() || messages.stream().anyMatch(text::contains);
  }
}
