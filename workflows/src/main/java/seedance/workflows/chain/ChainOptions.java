package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violations;
import seedance.workflows.request.Money;

/**
 * What concerns a chain's run and not its videos: the workflow's second argument, which may be
 * absent.
 *
 * @param maxParallel how many steps may run side by side; 1 to {@link #MOST_PARALLEL}, 4 by default
 * @param approvalTimeout how long the chain waits for an approval; over 0, at most {@link
 *     #LONGEST_APPROVAL_TIMEOUT}, empty by default: as long as it takes
 * @param onStepFailure {@link OnStepFailure#WAIT} by default
 * @param budget what the chain may cost by the price list; in JSON {@code
 *     {"amount":50,"currency":"CNY"}}, the currency being CNY by default; empty by default: no cap.
 *     A chain whose cheapest case is over it is refused; one whose worst case is over it is
 *     started, and stops before the step that could break it
 * @param overBudget what a step waits for that could break the budget; {@link
 *     OverBudget#WAIT_FOR_APPROVAL} by default
 * @param reuse the workflow id of an earlier chain, whose finished steps are reused where their
 *     requests are the same; empty by default
 * @param join the steps whose clips become one film, in its order; a clip may come twice; empty by
 *     default: no film
 * @param generation the options of every step's generation; {@link GenerationOptions#DEFAULTS} by
 *     default, and never with {@code adopt}, as a task is one step's
 */
public record ChainOptions(
    int maxParallel,
    Optional<Duration> approvalTimeout,
    OnStepFailure onStepFailure,
    Optional<Money> budget,
    OverBudget overBudget,
    Optional<String> reuse,
    List<String> join,
    GenerationOptions generation) {

  /** As many steps may run side by side. */
  public static final int MOST_PARALLEL = 50;

  /** A month. */
  public static final Duration LONGEST_APPROVAL_TIMEOUT = Duration.ofDays(30);

  /** What holds where nothing is said. */
  public static final ChainOptions DEFAULTS =
      new ChainOptions(
          4,
          Optional.empty(),
          OnStepFailure.WAIT,
          Optional.empty(),
          OverBudget.WAIT_FOR_APPROVAL,
          Optional.empty(),
          List.of(),
          GenerationOptions.DEFAULTS);

  static final String PATH = "options";
  static final String JOIN = "join";
  static final String BUDGET = "budget";
  static final String MAX_PARALLEL = "maxParallel";
  static final String APPROVAL_TIMEOUT = "approvalTimeout";
  static final String ON_STEP_FAILURE = "onStepFailure";
  static final String OVER_BUDGET = "overBudget";
  static final String REUSE = "reuse";
  static final String GENERATION = "generation";

  /**
   * @throws IllegalArgumentException if a number or a duration is out of range, or {@code
   *     generation} adopts a task
   */
  public ChainOptions {
    if (maxParallel < 1 || maxParallel > MOST_PARALLEL) {
      throw new IllegalArgumentException("maxParallel must be 1 to " + MOST_PARALLEL);
    }
    approvalTimeout.ifPresent(
        timeout -> {
          if (timeout.isNegative()
              || timeout.isZero()
              || timeout.compareTo(LONGEST_APPROVAL_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                "approvalTimeout must be over 0 and at most " + LONGEST_APPROVAL_TIMEOUT);
          }
        });
    Objects.requireNonNull(onStepFailure, ON_STEP_FAILURE);
    Objects.requireNonNull(budget, BUDGET);
    Objects.requireNonNull(overBudget, OVER_BUDGET);
    Objects.requireNonNull(reuse, REUSE);
    join = List.copyOf(join);
    if (generation.adopt().isPresent()) {
      throw new IllegalArgumentException("a task that is adopted is one step's, not every step's");
    }
  }

  /** Begins with {@link #DEFAULTS}. */
  public static Builder builder() {
    return DEFAULTS.toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Writes {@link ChainOptions}; each method says what the component of that name does. None takes
   * null. For one thread.
   */
  public static final class Builder {
    private int maxParallel;
    private Optional<Duration> approvalTimeout;
    private OnStepFailure onStepFailure;
    private Optional<Money> budget;
    private OverBudget overBudget;
    private Optional<String> reuse;
    private List<String> join;
    private GenerationOptions generation;

    private Builder(ChainOptions options) {
      maxParallel = options.maxParallel;
      approvalTimeout = options.approvalTimeout;
      onStepFailure = options.onStepFailure;
      budget = options.budget;
      overBudget = options.overBudget;
      reuse = options.reuse;
      join = options.join;
      generation = options.generation;
    }

    /** How many steps may run side by side. */
    public Builder maxParallel(int steps) {
      maxParallel = steps;
      return this;
    }

    /** How long the chain waits for an approval. */
    public Builder approvalTimeout(Duration timeout) {
      approvalTimeout = Optional.of(timeout);
      return this;
    }

    /** What becomes of the chain when a step has failed. */
    public Builder onStepFailure(OnStepFailure policy) {
      onStepFailure = policy;
      return this;
    }

    /** What the chain may cost by the price list. */
    public Builder budget(Money cap) {
      budget = Optional.of(cap);
      return this;
    }

    /** What a step waits for that could break the budget. */
    public Builder overBudget(OverBudget policy) {
      overBudget = policy;
      return this;
    }

    /** The workflow id of an earlier chain, whose finished steps are reused. */
    public Builder reuse(String chainWorkflowId) {
      reuse = Optional.of(chainWorkflowId);
      return this;
    }

    /** The steps whose clips become one film, in its order. */
    public Builder join(String... steps) {
      join = List.of(steps);
      return this;
    }

    /** The options of every step's generation, on top of those said here before. */
    public Builder generation(UnaryOperator<GenerationOptions.Builder> options) {
      return generation(options.apply(generation.toBuilder()).build());
    }

    /** The options of every step's generation. */
    public Builder generation(GenerationOptions options) {
      generation = options;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if a number or a duration is out of range, or the
     *     generations adopt a task
     */
    public ChainOptions build() {
      return new ChainOptions(
          maxParallel, approvalTimeout, onStepFailure, budget, overBudget, reuse, join, generation);
    }
  }

  /**
   * Reads options as a client sent them and names everything wrong with them, at paths {@code
   * options.…}. Whether {@code join} names steps, {@link ChainRules} say.
   *
   * @param json null or JSON {@code null} gives the defaults, and so does an absent or {@code null}
   *     field
   */
  public static Verdict<ChainOptions> check(@Nullable Json json) {
    Violations found = new Violations();
    return Verdict.of(read(json, found, true), found);
  }

  /**
   * @param strict whether fields that no rule knows are violations
   */
  static ChainOptions read(@Nullable Json json, Violations found, boolean strict) {
    return json == null || json.isNull()
        ? DEFAULTS
        : JsonFields.of(json, PATH, found)
            .map(fields -> read(fields, new ChainOptionsReader(found, strict), strict))
            .orElse(DEFAULTS);
  }

  private static ChainOptions read(JsonFields fields, ChainOptionsReader reader, boolean strict) {
    Optional<Money> budget =
        fields
            .object(BUDGET)
            .flatMap(amount -> reader.money(amount, ChainOptionsReader.USUAL_CURRENCY));
    Optional<OverBudget> overBudget =
        ChainOptionsReader.oneOf(fields, OVER_BUDGET, OverBudget.values(), OverBudget::valueOf);
    if (overBudget.isPresent() && !fields.has(BUDGET)) {
      fields.refuse(OVER_BUDGET, "has no meaning without a budget");
    }
    ChainOptions options =
        new ChainOptions(
            fields
                .whole(MAX_PARALLEL, 1, MOST_PARALLEL)
                .map(Long::intValue)
                .orElse(DEFAULTS.maxParallel),
            fields.duration(APPROVAL_TIMEOUT, LONGEST_APPROVAL_TIMEOUT),
            ChainOptionsReader.oneOf(
                    fields, ON_STEP_FAILURE, OnStepFailure.values(), OnStepFailure::valueOf)
                .orElse(DEFAULTS.onStepFailure),
            budget,
            overBudget.orElse(DEFAULTS.overBudget),
            ChainOptionsReader.reuse(fields, REUSE),
            reader.join(fields, JOIN),
            reader.generation(fields, GENERATION));
    if (strict) {
      fields.refuseOthers();
    }
    return options;
  }

  /** Returns the options as JSON. */
  @JsonValue
  public Json json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(MAX_PARALLEL, maxParallel);
    approvalTimeout.ifPresent(timeout -> fields.put(APPROVAL_TIMEOUT, timeout.toString()));
    fields.put(ON_STEP_FAILURE, onStepFailure.name());
    budget.ifPresent(
        cap -> {
          Map<String, Object> money = new LinkedHashMap<>();
          money.put("amount", cap.amount());
          money.put("currency", cap.currency());
          fields.put(BUDGET, money);
          fields.put(OVER_BUDGET, overBudget.name());
        });
    reuse.ifPresent(chain -> fields.put(REUSE, chain));
    if (!join.isEmpty()) {
      fields.put(JOIN, join);
    }
    fields.put(GENERATION, generation.json());
    return new Json(fields);
  }

  /**
   * Reads options that were checked before. Fields of a later version are left aside, so that
   * workers of two versions can share a workflow.
   *
   * @throws seedance.workflows.json.InvalidException if they are not options
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ChainOptions fromJson(Json json) {
    Violations found = new Violations();
    return Verdict.of(read(json, found, false), found).orElseThrow();
  }
}
