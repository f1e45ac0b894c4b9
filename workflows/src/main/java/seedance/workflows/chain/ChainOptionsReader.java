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

/** Reads {@link ChainOptions} from JSON; what does not fit is named and read as the default. */
final class ChainOptionsReader {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  static final String USUAL_CURRENCY = "CNY";
  private static final BigDecimal LARGEST_BUDGET = new BigDecimal(1_000_000_000);
  private static final int MOST_DECIMALS = 6;

  private final Violations found;
  private final boolean strict;

  private ChainOptionsReader(Violations found, boolean strict) {
    this.found = found;
    this.strict = strict;
  }

  /**
   * @param strict whether fields that no rule knows are violations
   */
  static ChainOptions read(Json json, Violations found, boolean strict) {
    return json == null || json.isNull()
        ? ChainOptions.DEFAULTS
        : JsonFields.of(json, ChainOptions.PATH, found)
            .map(new ChainOptionsReader(found, strict)::options)
            .orElse(ChainOptions.DEFAULTS);
  }

  private ChainOptions options(JsonFields fields) {
    ChainOptions defaults = ChainOptions.DEFAULTS;
    Optional<Money> budget =
        fields.object(ChainOptions.BUDGET).flatMap(amount -> money(amount, USUAL_CURRENCY));
    Optional<OverBudget> overBudget =
        oneOf(fields, ChainOptions.OVER_BUDGET, OverBudget.values(), OverBudget::valueOf);
    if (overBudget.isPresent() && !fields.has(ChainOptions.BUDGET)) {
      fields.refuse(ChainOptions.OVER_BUDGET, "has no meaning without a budget");
    }
    ChainOptions options =
        new ChainOptions(
            fields
                .whole(ChainOptions.MAX_PARALLEL, 1, ChainOptions.MOST_PARALLEL)
                .map(Long::intValue)
                .orElse(defaults.maxParallel()),
            fields.duration(ChainOptions.APPROVAL_TIMEOUT, ChainOptions.LONGEST_APPROVAL_TIMEOUT),
            oneOf(
                    fields,
                    ChainOptions.ON_STEP_FAILURE,
                    OnStepFailure.values(),
                    OnStepFailure::valueOf)
                .orElse(defaults.onStepFailure()),
            budget,
            overBudget.orElse(defaults.overBudget()),
            reuse(fields),
            join(fields),
            generation(fields));
    if (strict) {
      fields.refuseOthers();
    }
    return options;
  }

  private static <T extends Enum<T>> Optional<T> oneOf(
      JsonFields fields, String name, T[] values, Function<String, T> read) {
    return fields.oneOf(name, Arrays.stream(values).map(Enum::name).toList()).map(read);
  }

  /** Reads an amount as in {@code budget}, strictly. */
  static Optional<Money> money(JsonFields fields, Violations found, String usualCurrency) {
    return new ChainOptionsReader(found, true).money(fields, usualCurrency);
  }

  private Optional<Money> money(JsonFields budget, String usualCurrency) {
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

  private static Optional<String> reuse(JsonFields fields) {
    return fields
        .text(ChainOptions.REUSE)
        .filter(
            id -> {
              boolean possible = GenerationReference.isWorkflowId(id);
              if (!possible) {
                fields.refuse(ChainOptions.REUSE, "is no workflow id: write that of a chain");
              }
              return possible;
            });
  }

  private List<String> join(JsonFields fields) {
    List<String> join = fields.texts(ChainOptions.JOIN).orElse(List.of());
    if (join.size() > Chain.MOST_STEPS) {
      fields.refuse(
          ChainOptions.JOIN, "has %d clips: at most %d".formatted(join.size(), Chain.MOST_STEPS));
      return List.of();
    }
    for (int i = 0; i < join.size(); i++) {
      if (!StepReference.isStepId(join.get(i))) {
        found.add(fields.path(ChainOptions.JOIN) + "[" + i + "]", "is no step's id");
      }
    }
    return join;
  }

  private GenerationOptions generation(JsonFields fields) {
    Json given = fields.json(ChainOptions.GENERATION).orElse(Json.NULL);
    String path = fields.path(ChainOptions.GENERATION);
    Verdict<GenerationOptions> verdict =
        strict ? GenerationOptions.check(given) : Verdict.valid(GenerationOptions.fromJson(given));
    for (Violation violation : verdict.violations()) {
      found.add(path + violation.path().substring(ChainOptions.PATH.length()), violation.message());
    }
    GenerationOptions options = verdict.value().orElse(GenerationOptions.DEFAULTS);
    if (options.adopt().isPresent()) {
      found.add(path + ".adopt", "is one step's task and these are every step's options");
      return GenerationOptions.DEFAULTS;
    }
    return options;
  }
}
