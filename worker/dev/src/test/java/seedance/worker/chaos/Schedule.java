package seedance.worker.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.GatewayReply;
import seedance.worker.dev.simulator.Moment;
import seedance.worker.dev.simulator.Operation;
import seedance.worker.dev.simulator.TaskIdForm;

/**
 * What goes wrong in a run, drawn from a seed before it begins: which generation meets which
 * mishap, beside which generation's start something happens to a process, and the service's own
 * faults. Equal seeds deal equal schedules; what the machine makes of them differs in time.
 */
final class Schedule {

  /** Something that happens to a process while a generation is started. */
  enum Event {
    KILL_FIRST_WORKER,
    KILL_SECOND_WORKER,
    RESTART_TEMPORAL,
    RATE_LIMIT_STORM
  }

  private static final int GENERATIONS_PER_ROUND = 40;
  private static final int STORM_REQUESTS = 12;

  private final long seed;
  private final boolean calm;
  private final Map<Integer, Mishap> dealt = new ConcurrentHashMap<>();
  private final Map<Integer, ChainMishap> dealtToChains = new ConcurrentHashMap<>();
  private final Set<Integer> chainsThatMetTheirs = ConcurrentHashMap.newKeySet();
  private final Map<Integer, List<Event>> events = new TreeMap<>();

  private Schedule(long seed, boolean calm) {
    this.seed = seed;
    this.calm = calm;
  }

  /** Nothing goes wrong: a run that fails with this one says nothing about faults. */
  static Schedule calm(long seed) {
    return new Schedule(seed, true);
  }

  /**
   * Deals every mishap at least once, if there are that many generations, and to about a quarter of
   * them one; and every mishap of chains, if there are that many chains.
   */
  static Schedule of(long seed, Load load) {
    Schedule schedule = new Schedule(seed, false);
    Random random = new Random(seed);
    int rounds = Math.max(1, load.generations() / GENERATIONS_PER_ROUND);
    if (load.chains() > 0) {
      schedule.dealToChains(random, rounds, load.chains());
    }
    schedule.dealToGenerations(random, rounds, load);
    return schedule;
  }

  private void dealToChains(Random random, int rounds, int chains) {
    List<Integer> unharmed = shuffled(chains, random);
    List<ChainMishap> mishaps = new ArrayList<>(List.of(ChainMishap.values()));
    Collections.shuffle(mishaps, random);
    for (int round = 0; round < rounds; round++) {
      for (ChainMishap mishap : mishaps) {
        if (!unharmed.isEmpty()) {
          dealtToChains.put(unharmed.remove(unharmed.size() - 1), mishap);
        }
      }
    }
  }

  private void dealToGenerations(Random random, int rounds, Load load) {
    int generations = load.generations();
    List<Integer> unharmed = shuffled(generations, random);
    // Of a chain that is cancelled nobody knows which generations are ever sent.
    unharmed.removeIf(
        generation ->
            load.chainOf(generation).isPresent()
                && ofChain(load.chainOf(generation).getAsInt())
                    .filter(ChainMishap::isCancel)
                    .isPresent());
    for (int round = 0; round < rounds; round++) {
      for (Mishap mishap : Mishap.values()) {
        if (!unharmed.isEmpty()) {
          dealt.put(unharmed.remove(unharmed.size() - 1), mishap);
        }
      }
      for (Event event : Event.values()) {
        events.computeIfAbsent(random.nextInt(generations), start -> new ArrayList<>()).add(event);
      }
    }
  }

  private static List<Integer> shuffled(int count, Random random) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(numbers, random);
    return numbers;
  }

  long seed() {
    return seed;
  }

  /** The mishap of a request of a generation, which it meets once. */
  Optional<Mishap> strike(Operation operation, int generation) {
    Mishap mishap = dealt.get(generation);
    return mishap != null && mishap.operation() == operation && dealt.remove(generation, mishap)
        ? Optional.of(mishap)
        : Optional.empty();
  }

  /** What a chain is to meet. */
  Optional<ChainMishap> ofChain(int chain) {
    return Optional.ofNullable(dealtToChains.get(chain));
  }

  /** A chain has met its mishap. */
  void struck(int chain) {
    chainsThatMetTheirs.add(chain);
  }

  /** The mishaps that nothing met, and whose they were. */
  List<String> left() {
    List<String> left = new ArrayList<>();
    dealt.forEach((generation, mishap) -> left.add(mishap + " of generation " + generation));
    dealtToChains.forEach(
        (chain, mishap) -> {
          if (!chainsThatMetTheirs.contains(chain)) {
            left.add(mishap + " of chain " + chain);
          }
        });
    return left;
  }

  /** What happens while a generation is started. */
  List<Event> at(int generation) {
    return events.getOrDefault(generation, List.of());
  }

  /** What the service does wrong all along. */
  Fault[] faults() {
    if (calm) {
      return new Fault[0];
    }
    List<Fault> faults = new ArrayList<>();
    chance(faults, 0.02, Operation.CREATE, new Effect.LostReply());
    chance(faults, 0.02, Operation.CREATE, new Effect.ServiceFailure(Moment.AFTER, 500, null));
    chance(faults, 0.02, Operation.CREATE, new Effect.ServiceFailure(Moment.AFTER, 502, null));
    chance(faults, 0.03, Operation.CREATE, new Effect.ServiceFailure(Moment.BEFORE, 503, null));
    chance(faults, 0.02, Operation.CREATE, new Effect.Garbage());
    chance(faults, 0.01, Operation.CREATE, new Effect.Stall(Moment.AFTER, Duration.ofSeconds(5)));
    chance(faults, 0.05, Operation.CREATE, new Effect.RateLimited(null, Duration.ofSeconds(1)));
    chance(faults, 0.02, Operation.CREATE, new Effect.Reset());
    chance(faults, 0.04, Operation.LOOK, new Effect.ServiceFailure(null, 503, null));
    chance(faults, 0.03, Operation.LOOK, new Effect.UnknownStatus(null));
    chance(faults, 0.03, Operation.LOOK, new Effect.Garbage());
    chance(faults, 0.03, Operation.LOOK, new Effect.LostReply());
    chance(faults, 0.04, Operation.LOOK, new Effect.NotFound());
    chance(faults, 0.02, Operation.LOOK, new Effect.Stall(null, Duration.ofSeconds(2)));
    chance(faults, 0.03, Operation.LOOK, new Effect.NoVideo());
    chance(faults, 0.05, Operation.LOOK, new Effect.Usage(-108_900L, -108_900L));
    chance(faults, 0.05, Operation.LOOK, new Effect.Usage(0L, 0L));
    chance(faults, 0.10, Operation.LIST, new Effect.ServiceFailure(null, 500, null));
    chance(faults, 0.05, Operation.LIST, new Effect.Garbage());
    chance(faults, 0.05, Operation.LIST, new Effect.LostReply());
    chance(faults, 0.10, Operation.DOWNLOAD, new Effect.CutDownload(2000));
    chance(faults, 0.05, Operation.DOWNLOAD, new Effect.CutDownload(2000, true));
    chance(faults, 0.05, Operation.DOWNLOAD, new Effect.ExpiredUrl());
    chance(faults, 0.05, Operation.DOWNLOAD, new Effect.Reset());
    return faults.toArray(Fault[]::new);
  }

  /**
   * How a gateway answers. Only in Ark's own form do chains find their last frames, and the harness
   * which file went in; generations alone meet what gateways in the field do.
   */
  GatewayReply gatewayReply(Load load) {
    return isOfArksForm(load)
        ? GatewayReply.ARK
        : List.of(GatewayReply.KEYED_URL, GatewayReply.NO_URL, GatewayReply.ENVELOPE)
            .get((int) Math.floorMod(seed - 1, 3L));
  }

  /** What the ids of tasks look like. */
  TaskIdForm taskIds(Load load) {
    return isOfArksForm(load) || seed % 2 == 0 ? TaskIdForm.ARK : TaskIdForm.LONG;
  }

  private boolean isOfArksForm(Load load) {
    return calm || load.chains() > 0;
  }

  /** Many creates in a row that are refused for their rate. */
  static Fault storm() {
    return Fault.next(
        STORM_REQUESTS, Operation.CREATE, new Effect.RateLimited(null, Duration.ofSeconds(2)));
  }

  private void chance(List<Fault> faults, double probability, Operation on, Effect effect) {
    faults.add(Fault.chance(probability, seed * 31 + faults.size(), on, effect));
  }
}
