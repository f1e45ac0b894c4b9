package seedance.activities.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seedance.activities.provider.ErrorMeaning.Kind;
import seedance.activities.provider.Precedence.Decision;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFile;

/**
 * What the words of the service and its gateways mean: those for a task's status, and the codes of
 * errors. They are data, {@code seedance/service-words.json}, as every gateway has its own; an
 * operator's file adds to it and comes first.
 *
 * <p>A status that is not among them is {@link Strange}: to end a paid task by mistake is worse
 * than to look once more.
 */
public final class ServiceWords {
  private static final String BUILT_IN = "/seedance/service-words.json";

  private static final ServiceWords EMPTY =
      new ServiceWords(Map.of(), List.of(), List.of(), Quotes.UNKNOWN);

  private final Map<String, Known> statuses;
  private final List<ErrorWords> errors;
  private final List<Pattern> generic;
  private final Precedence precedence;

  private ServiceWords(
      Map<String, Known> statuses, List<ErrorWords> errors, List<Pattern> generic, Quotes quotes) {
    this.statuses = Map.copyOf(statuses);
    this.errors = List.copyOf(errors);
    this.generic = List.copyOf(generic);
    this.precedence = new Precedence(this.errors, this.generic, quotes);
  }

  /** The words that are known to everyone. */
  public static ServiceWords builtIn() {
    return BuiltIn.WORDS;
  }

  private static final class BuiltIn {
    static final ServiceWords WORDS = read();

    private static ServiceWords read() {
      try (InputStream file = ServiceWords.class.getResourceAsStream(BUILT_IN)) {
        String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        return EMPTY.extendedBy(BUILT_IN, text);
      } catch (IOException e) {
        throw new IllegalStateException("the words are in the jar", e);
      }
    }
  }

  /**
   * These words and those of a file, whose words win.
   *
   * @throws InvalidFileException naming every mistake in it, or why it cannot be read
   */
  public ServiceWords extendedBy(Path file) {
    return extendedBy(file.toString(), JsonFile.text(file));
  }

  private ServiceWords extendedBy(String source, String text) {
    ServiceWords first =
        JsonFile.read(
            source,
            text,
            (file, found) -> {
              ServiceWordsReader reader = new ServiceWordsReader(found);
              reader.read(file);
              return new ServiceWords(
                  reader.statuses(), reader.errors(), reader.generic(), Quotes.UNKNOWN);
            });
    Map<String, Known> allStatuses = new HashMap<>(statuses);
    allStatuses.putAll(first.statuses);
    List<ErrorWords> allErrors = new ArrayList<>(first.errors);
    allErrors.addAll(errors);
    List<Pattern> allGeneric = new ArrayList<>(first.generic);
    allGeneric.addAll(generic);
    return new ServiceWords(allStatuses, allErrors, allGeneric, Quotes.UNKNOWN);
  }

  /** The same words about answers to a request, which may repeat what it says. */
  ServiceWords about(Json request) {
    return new ServiceWords(statuses, errors, generic, Quotes.of(request));
  }

  /** What a task's status means, in any case and spelling. */
  TaskStatus status(String text) {
    Known known = statuses.get(ServiceWordsReader.word(text));
    if (known != null) {
      return known;
    }
    String spelled = text.strip().replace(' ', '_');
    return Strange.isWord(spelled) ? new Strange(spelled) : Strange.NO_WORD;
  }

  /**
   * What an error says about a create, whatever the status of the answer; what is wrapped in it may
   * be a quoted prompt, and says nothing here. A gateway's 502 and 504 are about what it heard, so
   * a sentence beside them is no proof.
   */
  Optional<ErrorMeaning> surely(int status, ErrorBody error) {
    boolean heardNothing = status == 502 || status == 504;
    return precedence
        .ownDecision(
            error,
            words ->
                !words.unless5xx() && !(heardNothing && words.isSentence() && !words.isDoubt()))
        .map(Decision::meaning);
  }

  /**
   * What an error says about a create whose status says that it was done: only by a code, and its
   * own, unless that only wraps another.
   */
  Optional<ErrorMeaning> saidBesideSuccess(ErrorBody error) {
    return precedence
        .ownDecision(error, words -> !words.isSentence() || !words.unless5xx())
        .filter(
            own -> !own.yields() || own.equals(precedence.decision(error, any -> true).orElse(own)))
        .map(Decision::meaning);
  }

  /**
   * What an error, or one that is wrapped in it, says about a create whose status says surely that
   * nothing was made: a mere hint at a lost answer says nothing against it.
   */
  Optional<ErrorMeaning> saidBesideRefusal(ErrorBody error) {
    return precedence
        .decision(error, words -> !words.isDoubt() || !words.isSentence() && !words.yields())
        .map(Decision::meaning);
  }

  /** What an error, or one that is wrapped in it, says where no status speaks against it. */
  Optional<ErrorMeaning> meaning(ErrorBody error) {
    return precedence.decision(error, any -> true).map(Decision::meaning);
  }

  /** The code of the error that decides; empty where none does. */
  Optional<String> decidingCode(ErrorBody error) {
    return precedence
        .decision(error, any -> true)
        .map(Decision::code)
        .filter(code -> !code.isEmpty());
  }

  /** Whether some words are about a code. */
  boolean knows(String code) {
    return errors.stream().anyMatch(words -> words.hasCode(code) && !words.codes().isEmpty())
        || generic.stream().anyMatch(each -> each.matcher(code).matches());
  }

  /** Whether a code, or a part of one, is written out in some words: then it is no one's own. */
  boolean isWord(String code) {
    return Stream.concat(generic.stream(), errors.stream().flatMap(words -> words.codes().stream()))
        .anyMatch(each -> ErrorWords.isNamed(each, code));
  }

  /** Whether an error says that the service knows no such task. */
  boolean denyTheTask(ErrorBody error) {
    return errors.stream()
        .anyMatch(
            words ->
                words.meaning().kind() == Kind.NO_SUCH_TASK
                    && words.fit(error, false, Quotes.UNKNOWN));
  }
}
