package seedance.worker.dev.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The faults in force, in the order in which they were injected; the first that fires wins. */
final class FaultPlan {

  private final List<Armed> faults = new ArrayList<>();

  synchronized void inject(List<Fault> more) {
    more.forEach(fault -> faults.add(new Armed(fault)));
  }

  synchronized void clear() {
    faults.clear();
  }

  synchronized List<StruckFault> struck() {
    return faults.stream().map(armed -> new StruckFault(armed.fault, armed.struck)).toList();
  }

  /**
   * @param taskId the task that the request concerns; empty for creates and lists
   */
  synchronized Optional<Effect> strike(Operation operation, Optional<String> taskId) {
    for (Armed armed : faults) {
      if (armed.fault.on() == operation && armed.fires(taskId)) {
        armed.struck++;
        return Optional.of(armed.fault.effect());
      }
    }
    return Optional.empty();
  }

  private static final class Armed {
    private final Fault fault;
    private final SplittableRandom random;
    private final Map<String, Integer> seen = new HashMap<>();
    private long struck;

    Armed(Fault fault) {
      this.fault = fault;
      this.random =
          new SplittableRandom(fault.when() instanceof Firing.Chance chance ? chance.seed() : 0);
    }

    boolean fires(Optional<String> taskId) {
      if (fault.when() instanceof Firing.Next next) {
        return struck < next.count();
      }
      if (fault.when() instanceof Firing.Chance chance) {
        return random.nextDouble() < chance.probability();
      }
      if (fault.when() instanceof Firing.FirstOfEachTask first) {
        return taskId.map(id -> seen.merge(id, 1, Integer::sum) <= first.count()).orElse(false);
      }
      return true;
    }
  }
}
