package seedance.workflows.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a check says of a value: what it is, or what is wrong with it.
 *
 * @param value empty where a rule is broken
 * @param violations every broken rule; empty where there is a value
 */
public record Verdict<T>(Optional<T> value, List<Violation> violations) {
  public Verdict {
    Objects.requireNonNull(value, "value");
    violations = List.copyOf(violations);
    if (value.isPresent() != violations.isEmpty()) {
      throw new IllegalArgumentException("either a value or violations");
    }
  }

  /** No rule is broken. */
  public static <T> Verdict<T> valid(T value) {
    return new Verdict<>(Optional.of(value), List.of());
  }

  /**
   * At least one rule is broken.
   *
   * @throws IllegalArgumentException if none is named
   */
  public static <T> Verdict<T> invalid(List<Violation> violations) {
    return new Verdict<>(Optional.empty(), violations);
  }

  /** The value counts only where nothing is wrong; it may be null where something is. */
  public static <T> Verdict<T> of(@Nullable T value, Violations found) {
    return new Verdict<>(
        found.isEmpty() ? Optional.ofNullable(value) : Optional.empty(), found.list());
  }

  /** Whether no rule is broken. */
  public boolean isValid() {
    return violations.isEmpty();
  }

  /** Checks the value further; what is invalid already stays so. */
  public <R> Verdict<R> then(Function<T, Verdict<R>> check) {
    return value.map(check).orElseGet(() -> invalid(violations));
  }

  /** Returns this, and what else is wrong. */
  public Verdict<T> and(List<Violation> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Violation> all = new ArrayList<>(violations);
    all.addAll(more);
    return invalid(all);
  }

  /**
   * Returns the value.
   *
   * @throws InvalidException if a rule is broken
   */
  public T orElseThrow() {
    return value.orElseThrow(() -> new InvalidException(violations));
  }
}
