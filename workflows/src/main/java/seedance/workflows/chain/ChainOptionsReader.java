package seedance.workflows.chain;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.json.DecimalNumber;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.Violations;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Money;
import seedance.workflows.request.StepReference;

/** Reads fields of {@link ChainOptions}; what does not fit is named and read as the default. */
final class ChainOptionsReader {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  static final String USUAL_CURRENCY = "CNY";
  private static final BigDecimal LARGEST_BUDGET = new BigDecimal(1_000_000_000);
  private static final int MOST_DECIMALS = 6;

  /** At which {@link GenerationOptions} name what is wrong with them. */
  private static final String PATH_OF_GENERATION = "options";

  private final Violations found;
  private final boolean strict;

  /**
   * @param strict whether fields that no rule knows are violations
   */
  ChainOptionsReader(Violations found, boolean strict) {
    this.found = found;
    this.strict = strict;
  }

  static <T extends Enum<T>> Optional<T> oneOf(
      JsonFields fields, String name, T[] values, Function<String, T> read) {
    return fields.oneOf(name, Arrays.stream(values).map(Enum::name).toList()).map(read);
  }

  /** Reads an amount as in {@code budget}, strictly. */
  static Optional<Money> money(JsonFields fields, Violations found, String usualCurrency) {
    return new ChainOptionsReader(found, true).money(fields, usualCurrency);
  }

  Optional<Money> money(JsonFields budget, String usualCurrency) {
    String right = "write a number over 0, without quotes, with at most 6 decimals";
    Optional<BigDecimal> amount =
        budget
            .needed("amount", right)
            .filter(Number.class::isInstance)
            .flatMap(number -> DecimalNumber.of((Number) number, MOST_DECIMALS))
            .filter(number -> number.signum() > 0 && number.compareTo(LARGEST_BUDGET) <= 0);
    if (amount.isEmpty() && budget.has("amount")) {
      budget.refuse("amount", "is not an amount: " + right);
    }
    Optional<String> currency = budget.text("currency");
    boolean fits = currency.isEmpty() || CURRENCY.matcher(currency.get()).matches();
    if (!fits) {
      budget.refuse("currency", "must be three capital letters such as CNY");
    }
    if (strict) {
      budget.refuseOthers();
    }
    return amount
        .filter(any -> fits)
        .map(number -> new Money(number, currency.orElse(usualCurrency)));
  }

  static Optional<String> reuse(JsonFields fields, String name) {
    return fields
        .text(name)
        .filter(
            id -> {
              boolean possible = GenerationReference.isWorkflowId(id);
              if (!possible) {
                fields.refuse(name, "is no workflow id: write that of a chain");
              }
              return possible;
            });
  }

  List<String> join(JsonFields fields, String name) {
    List<String> join = fields.texts(name).orElse(List.of());
    if (join.size() > Chain.MOST_STEPS) {
      fields.refuse(name, "has %d clips: at most %d".formatted(join.size(), Chain.MOST_STEPS));
      return List.of();
    }
    for (int i = 0; i < join.size(); i++) {
      if (!StepReference.isStepId(join.get(i))) {
        found.add(fields.path(name) + "[" + i + "]", "is no step's id");
      }
    }
    return join;
  }

  GenerationOptions generation(JsonFields fields, String name) {
    Json given = fields.json(name).orElse(Json.NULL);
    String path = fields.path(name);
    Verdict<GenerationOptions> verdict =
        strict ? GenerationOptions.check(given) : Verdict.valid(GenerationOptions.fromJson(given));
    for (Violation violation : verdict.violations()) {
      found.add(
          path + violation.path().substring(PATH_OF_GENERATION.length()), violation.message());
    }
    GenerationOptions options = verdict.value().orElse(GenerationOptions.DEFAULTS);
    if (options.adopt().isPresent()) {
      found.add(path + ".adopt", "is one step's task and these are every step's options");
      return GenerationOptions.DEFAULTS;
    }
    return options;
  }
}
