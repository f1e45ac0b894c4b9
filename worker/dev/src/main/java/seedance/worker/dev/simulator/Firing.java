package seedance.worker.dev.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Which of the operation's requests a fault hits. In JSON the field {@code type} names it: {@code
 * {"type":"next","count":2}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Firing.Next.class, name = "next"),
  @JsonSubTypes.Type(value = Firing.Always.class, name = "always"),
  @JsonSubTypes.Type(value = Firing.Chance.class, name = "chance"),
  @JsonSubTypes.Type(value = Firing.FirstOfEachTask.class, name = "firstOfEachTask"),
})
public sealed interface Firing {

  /**
   * The next requests, then never again.
   *
   * @param count at least 1
   */
  record Next(int count) implements Firing {

    /**
     * @throws IllegalArgumentException if {@code count} is not positive
     */
    public Next {
      atLeastOne(count);
    }
  }

  /** Every request. */
  record Always() implements Firing {}

  /**
   * Each request with a probability.
   *
   * @param probability 0 to 1
   * @param seed equal seeds hit equal places in the sequence of requests
   */
  record Chance(double probability, long seed) implements Firing {

    /**
     * @throws IllegalArgumentException if {@code probability} is not between 0 and 1
     */
    public Chance {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("a probability is 0 to 1: " + probability);
      }
    }
  }

  /**
   * The first requests that concern a task, of every task. Not for creates and lists.
   *
   * @param count at least 1
   */
  record FirstOfEachTask(int count) implements Firing {

    /**
     * @throws IllegalArgumentException if {@code count} is not positive
     */
    public FirstOfEachTask {
      atLeastOne(count);
    }
  }

  private static void atLeastOne(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a count is at least 1: " + count);
    }
  }
}
