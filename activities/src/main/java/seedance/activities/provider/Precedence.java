package seedance.activities.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seedance.activities.provider.ErrorMeaning.Kind;

/**
 * Which of an error, those that it passes on and what its text says decides what it means. First
 * the codes, the error's own before those within; then sentences; then codes that a text only
 * mentions; and last what gateways say of anything. What may be a quotation decides nothing, but
 * for a doubt, which costs nothing.
 */
final class Precedence {
  /** Mostly an HTTP status, which says less than any word. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d*");

  private final List<ErrorWords> errors;
  private final List<Pattern> generic;
  private final Quotes quotes;

  /**
   * What an error means.
   *
   * @param code that says so; "" where a sentence does
   * @param yields as in {@link ErrorWords}
   */
  record Decision(ErrorMeaning meaning, String code, boolean yields) {}

  /**
   * @param inText whether its code stands in a text, where it may be quoted
   */
  private record Part(ErrorBody error, boolean inText) {}

  /**
   * @param generic the codes that say nothing themselves
   */
  Precedence(List<ErrorWords> errors, List<Pattern> generic, Quotes quotes) {
    this.errors = errors;
    this.generic = generic;
    this.quotes = quotes;
  }

  /**
   * @param among the words that count
   */
  Optional<Decision> decision(ErrorBody error, Predicate<ErrorWords> among) {
    List<Part> whole = new ArrayList<>();
    List<Part> coded = new ArrayList<>();
    List<Part> mentioned = new ArrayList<>();
    List<ErrorBody> all = new ArrayList<>(error.within());
    all.add(0, error.alone());
    for (int i = 0; i < all.size(); i++) {
      boolean passesOn = i + 1 < all.size() && all.get(i).message().indexOf('{') >= 0;
      Part part = part(passesOn ? beforeJson(all.get(i)) : all.get(i), i > 0);
      whole.add(part);
      coded.add(part);
      if (!passesOn) {
        String text = part.error().message();
        CodesInText codes = CodesInText.of(text);
        codes.stated().forEach(code -> coded.add(new Part(coded(code, text), true)));
        codes.mentioned().forEach(code -> mentioned.add(new Part(coded(code, ""), true)));
      }
    }
    if (NUMBER.matcher(error.code()).matches()) {
      whole.add(whole.remove(0));
      coded.add(coded.remove(0));
    }
    Predicate<ErrorWords> plain = among.and(words -> !words.besideGeneric() && !words.yields());
    return first(coded, plain)
        .or(() -> first(whole, among.and(ErrorWords::besideGeneric)))
        .or(() -> first(mentioned, plain))
        .or(
            () ->
                first(
                    Stream.concat(coded.stream(), mentioned.stream()).toList(),
                    among.and(ErrorWords::yields)));
  }

  /** The same by an error's own code and text alone. */
  Optional<Decision> ownDecision(ErrorBody error, Predicate<ErrorWords> among) {
    return first(List.of(part(error.alone(), false)), among);
  }

  private boolean isGeneric(String code) {
    return NUMBER.matcher(code).matches()
        || generic.stream().anyMatch(each -> each.matcher(code).matches());
  }

  private Optional<Decision> first(List<Part> parts, Predicate<ErrorWords> among) {
    return parts.stream().flatMap(part -> decisions(part, among)).findFirst();
  }

  private Stream<Decision> decisions(Part part, Predicate<ErrorWords> among) {
    String code = part.error().code();
    return errors.stream()
        .filter(words -> words.meaning().kind() != Kind.NO_SUCH_TASK && among.test(words))
        .filter(words -> words.fit(part.error(), isGeneric(code), quotes))
        .filter(words -> words.isDoubt() || !part.inText() || !isQuoted(code))
        .map(words -> new Decision(words.meaning(), code, words.yields()));
  }

  private boolean isQuoted(String code) {
    return !NUMBER.matcher(code).matches() && quotes.hold(code);
  }

  private Part part(ErrorBody error, boolean inText) {
    return new Part(coded(error.code(), quotes.outsideOf(error.message())), inText);
  }

  private static ErrorBody beforeJson(ErrorBody error) {
    return coded(error.code(), error.message().substring(0, error.message().indexOf('{')));
  }

  private static ErrorBody coded(String code, String message) {
    return new ErrorBody(code, "", "", message);
  }
}
