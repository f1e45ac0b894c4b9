package seedance.activities.provider;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seedance.activities.provider.ErrorMeaning.Kind;

/**
 * Errors that mean the same: those that have one of the codes and one of the messages.
 *
 * @param codes in any case, {@code *} for anything; "" for an error without a code; empty: any, or
 *     with {@code besideGeneric} those alone
 * @param messages of which one is in the error's text, in any case; empty: any
 * @param unless5xx whether this decides nothing about an answer whose status says that a task may
 *     exist (5xx, 3xx, 408, 425, 460, 499)
 * @param besideGeneric whether the messages also count beside a code that says nothing itself
 * @param yields whether what an error with such a code passes on, or says in its text, comes first
 */
record ErrorWords(
    ErrorMeaning meaning,
    List<Pattern> codes,
    List<String> messages,
    boolean unless5xx,
    boolean besideGeneric,
    boolean yields) {
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

  /**
   * Whether these are about an error.
   *
   * @param isGeneric whether its code says nothing itself
   * @param quotes what its text may repeat
   */
  boolean fit(ErrorBody error, boolean isGeneric, Quotes quotes) {
    return error.isPresent()
        && (besideGeneric && isGeneric || hasOwn(error.code()))
        && hasMessage(error.message(), quotes);
  }

  /** Whether a text alone decides, as no code speaks for it. */
  boolean isSentence() {
    return !messages.isEmpty() && (besideGeneric || hasCode(""));
  }

  boolean isDoubt() {
    return meaning.kind() == Kind.IN_DOUBT;
  }

  /** Whether a code is one that is written out, but for what may follow it. */
  static boolean isNamed(Pattern pattern, String code) {
    String name =
        pattern
            .pattern()
            .replace("\\Q", "")
            .replace("\\E", "")
            .replace(".*", "")
            .replaceFirst("\\.$", "");
    return !name.isEmpty() && name.equalsIgnoreCase(code);
  }

  private boolean hasOwn(String code) {
    return hasCode(code) && !(besideGeneric && codes.isEmpty());
  }

  /** Whether a code is among these; "" where their messages alone decide. */
  boolean hasCode(String code) {
    return codes.isEmpty() || codes.stream().anyMatch(each -> each.matcher(code).matches());
  }

  /** A doubt costs nothing, so it counts although the text may only repeat it. */
  private boolean hasMessage(String message, Quotes quotes) {
    String text = message.toLowerCase(Locale.ROOT);
    boolean anyones = isDoubt() || !isSentence();
    return messages.isEmpty()
        || messages.stream()
            .filter(text::contains)
            .anyMatch(words -> anyones || !quotes.hold(words));
  }
}
