package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import seedance.activities.provider.ListedTask;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.store.OpenSubmission;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.Marker;
import seedance.workflows.generation.ReconcileRequest;
import seedance.workflows.generation.TaskTraits;

/** Whatever the service's list holds, and whatever of it the service leaves out. */
class LookAlikesPropertiesTest {
  private static final Instant OPENED = Instant.parse("2026-11-22T18:00:00Z");
  private static final String OURS = "ours";

  @Property
  void eachTask_isInOneGroupAtMost_andOthersTasksInNone(
      @ForAll("tasks") List<ListedTask> tasks,
      @ForAll("traits") TaskTraits traits,
      @ForAll("markers") Marker marker,
      @ForAll("claims") Map<String, String> owners) {
    LookAlikes found = LookAlikes.among(tasks, request(traits, marker), owners);

    Set<ListedTask> both = new HashSet<>(found.sure());
    both.retainAll(found.possible());
    assertThat(both).isEmpty();
    assertThat(tasks).containsAll(found.sure()).containsAll(found.possible());
    assertThat(found.sure())
        .allMatch(
            task ->
                OURS.equals(owners.get(task.id()))
                    || !owners.containsKey(task.id()) && TaskMatch.shows(task, marker));
    assertThat(found.possible()).noneMatch(task -> owners.containsKey(task.id()));
  }

  @Property
  void nothingIsSure_withoutAMarkerAndAClaim(
      @ForAll("tasks") List<ListedTask> tasks, @ForAll("traits") TaskTraits traits) {
    assertThat(LookAlikes.among(tasks, request(traits, new Marker.None()), Map.of()).sure())
        .isEmpty();
  }

  @Property
  void taskThatWasMadeFromTheRequest_isNeverPassedOver_howeverMuchOfItIsShown(
      @ForAll("traits") TaskTraits traits,
      @ForAll("markers") Marker marker,
      @ForAll("shown") Set<String> shown) {
    TaskTraits marked = traits.markedBy(marker);
    ListedTask ours = madeFrom(marked, shown);

    LookAlikes found = LookAlikes.among(List.of(ours), request(marked, marker), Map.of());

    assertThat(found.sure().size() + found.possible().size()).isEqualTo(1);
  }

  @Property
  void lookAlikeOfAnotherOpenSubmission_isNeverOnlyOurs(
      @ForAll("traits") TaskTraits traits,
      @ForAll("shown") Set<String> shown,
      @ForAll("secondsApart") int seconds) {
    ListedTask task = madeFrom(traits, shown);
    LookAlikes found =
        LookAlikes.among(List.of(task), request(traits, new Marker.None()), Map.of());
    OpenSubmission other = new OpenSubmission("other", "w", OPENED.minusSeconds(seconds), traits);

    assertThat(found.canBeOf(List.of(other), OURS)).isTrue();
    assertThat(found.canBeOf(List.of(other), "other")).isFalse();
  }

  @Provide
  Arbitrary<List<ListedTask>> tasks() {
    return Combinators.combine(traits(), shown(), Arbitraries.integers().between(0, 9))
        .as((traits, shown, id) -> madeFrom("cgt-" + id, traits, shown))
        .list()
        .ofMaxSize(8)
        .uniqueElements(ListedTask::id);
  }

  @Provide
  Arbitrary<TaskTraits> traits() {
    return Combinators.combine(
            Arbitraries.of(List.<String>of(), List.of("m-1", "m"), List.of("m-2")),
            Arbitraries.of(1L, 2L).injectNull(0.5),
            Arbitraries.of("480p", "720p").injectNull(0.5),
            Arbitraries.of("16:9", "9:16").injectNull(0.5),
            Arbitraries.of(5, 10).injectNull(0.5),
            Arbitraries.of("us", "them").injectNull(0.5))
        .as(
            (models, seed, resolution, ratio, duration, safetyIdentifier) ->
                new TaskTraits(models, seed, resolution, ratio, duration, safetyIdentifier));
  }

  @Provide
  Arbitrary<Marker> markers() {
    return Arbitraries.of(
        new Marker.None(),
        new Marker.Seed(1),
        new Marker.Seed(3),
        new Marker.SafetyIdentifier("us"));
  }

  @Provide
  Arbitrary<Map<String, String>> claims() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 9).map(id -> "cgt-" + id),
            Arbitraries.of(OURS, "other"))
        .ofMaxSize(4)
        .map(HashMap::new);
  }

  @Provide
  Arbitrary<Set<String>> shown() {
    return Arbitraries.subsetOf(
        "model", "createdAt", "seed", "resolution", "ratio", "duration", "safetyIdentifier");
  }

  /** The other's call took up to 90 s, and the service up to 5 minutes to make the task. */
  @Provide
  Arbitrary<Integer> secondsApart() {
    return Arbitraries.integers().between(-60, 390);
  }

  private static ListedTask madeFrom(TaskTraits traits, Set<String> shown) {
    return madeFrom("cgt-1", traits, shown);
  }

  private static ListedTask madeFrom(String id, TaskTraits traits, Set<String> shown) {
    GenerationOutcome facts =
        new GenerationOutcome(
            shown.contains("model") && !traits.models().isEmpty() ? traits.models().get(0) : null,
            shown.contains("createdAt") ? OPENED : null,
            null,
            shown.contains("seed") ? traits.seed() : null,
            shown.contains("resolution") ? traits.resolution() : null,
            shown.contains("ratio") ? traits.ratio() : null,
            shown.contains("duration") && traits.duration() != null
                ? Double.valueOf(traits.duration() + 0.04)
                : null,
            null,
            null,
            null,
            null,
            null);
    return new ListedTask(
        id,
        Known.SUCCEEDED,
        facts,
        shown.contains("safetyIdentifier") ? traits.safetyIdentifier() : null);
  }

  private static ReconcileRequest request(TaskTraits traits, Marker marker) {
    return new ReconcileRequest(
        OURS, marker, traits, OPENED, OPENED.plusSeconds(60), Duration.ofSeconds(110), 9);
  }
}
