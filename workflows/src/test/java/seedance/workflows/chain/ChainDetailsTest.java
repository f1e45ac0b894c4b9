package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seedance.workflows.request.Money;

/** What someone who has never read the docs sees in the Temporal UI. */
class ChainDetailsTest {
  private static final Money MOST = new Money(new BigDecimal("5.23204"), "CNY");

  @Test
  void runningChain_isATableAGraphAndAList() {
    ChainProgress progress =
        new ChainProgress(
            "Making the steps",
            List.of(
                step("opening", StepState.DONE, null),
                step("longer", StepState.RUNNING, null),
                step("next-shot", StepState.WAITING, "longer"),
                new StepProgress(
                    "title",
                    "text · doubao-seedance-2-0 · 720p · 5 s",
                    StepState.APPROVAL,
                    null,
                    null,
                    null,
                    MOST,
                    null,
                    null,
                    List.of(StepChoice.APPROVE, StepChoice.SKIP, StepChoice.REJECT))),
            TotalCost.exactly(new Money(new BigDecimal("5.0094"), "CNY")),
            new Money(new BigDecimal("15.69612"), "CNY"),
            new Money(new BigDecimal("50"), "CNY"),
            "opening → longer → next-shot\ntitle",
            List.of("return_last_frame is switched on for longer"));

    assertThat(ChainDetails.of(progress, "film"))
        .isEqualTo(
            """
            ### Making the steps
            - **Cost so far:** 5.01 CNY
            - **Still to come:** at most 15.70 CNY
            - **Budget:** 50.00 CNY

            ```text
            STEP       STATE    WAITS FOR      COST
            opening    done                    5.01 CNY
            longer     running                 ≤ 5.24 CNY
            next-shot  waiting  longer         ≤ 5.24 CNY
            title      waiting  your approval  ≤ 5.24 CNY
            ```

            ```text
            opening → longer → next-shot
            title
            ```

            **title** is not started before you decide; it costs at most 5.24 CNY.

            - Begin it: update `approveStep` with `{"step":"title"}`, for another request `{"step":"title","request":{…}}`
              or `./seedance approve film title`
            - Skip it: update `skipStep` with `{"step":"title"}`
              or `./seedance skip film title`
            - Give it up, and with it the chain: update `approveStep` with `{"step":"title","reject":"reason"}`
              or `./seedance approve film title --reject REASON`

            **What each step makes.** Open its own workflow, `film.STEP`, to see how far it is and whether it asks for a decision.

            - **opening**: text · doubao-seedance-2-0 · 720p · 5 s · `file:///clips/film.opening/video.mp4`
            - **longer**: text · doubao-seedance-2-0 · 720p · 5 s · runs as `film.longer`
            - **next-shot**: text · doubao-seedance-2-0 · 720p · 5 s
            - **title**: text · doubao-seedance-2-0 · 720p · 5 s

            **Notes**

            - return_last_frame is switched on for longer
            """);
  }

  @Test
  void twoHundredSteps_withLongIds_stayReadableAndSmall() {
    List<StepProgress> steps = new ArrayList<>();
    List<String> ids =
        IntStream.range(0, 200).mapToObj(i -> "s".repeat(60) + "%04d".formatted(i)).toList();
    for (int i = 0; i < 200; i++) {
      StepState state = i < 120 ? StepState.DONE : i < 124 ? StepState.RUNNING : StepState.WAITING;
      steps.add(step(ids.get(i), state, i < 124 ? null : ids.get(i - 1)));
    }
    String details =
        ChainDetails.of(
            new ChainProgress(
                "Making the steps",
                steps,
                TotalCost.NOTHING,
                null,
                null,
                String.join(" → ", ids),
                ids.stream().map(id -> "a note on " + id).toList()),
            "film");

    assertThat(details.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
    assertThat(details).contains("sssssssssss…ss0120", "… and 160 more: 120 done, 40 waiting");
    List<String> fenced = List.of(details.split("```")[1].split("\n"));
    assertThat(fenced).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(70));
    assertThat(fenced).hasSizeLessThan(50);
  }

  @Test
  void othersWords_endNoLineAndNoCode() {
    StepProgress odd =
        new StepProgress(
            "a",
            "text · `x`\n# no heading",
            StepState.FAILED,
            null,
            "film`.a",
            null,
            MOST,
            null,
            "rejected:\n```\nno fence",
            List.of(StepChoice.RETRY, StepChoice.REJECT));
    String details =
        ChainDetails.of(
            new ChainProgress("Making", List.of(odd), null, null, null, "a", List.of()), "fi`lm");

    assertThat(details.lines()).noneMatch(line -> line.startsWith("# "));
    assertThat(details.lines().filter(line -> line.startsWith("```"))).hasSize(4);
    assertThat(details).contains("`./seedance retry fi'lm a`").doesNotContain("skipStep");
  }

  @Test
  void graph_isFolded() {
    assertThat(ChainGraph.folded("opening → " + "a".repeat(40) + " → " + "b".repeat(40)))
        .isEqualTo("opening → " + "a".repeat(40) + "\n  → " + "b".repeat(40));
  }

  private static StepProgress step(String id, StepState state, String waitsFor) {
    boolean done = state == StepState.DONE;
    return new StepProgress(
        id,
        "text · doubao-seedance-2-0 · 720p · 5 s",
        state,
        waitsFor,
        state == StepState.RUNNING || done ? "film." + id : null,
        done ? new Money(new BigDecimal("5.0094"), "CNY") : null,
        done ? null : MOST,
        done ? URI.create("file:///clips/film." + id + "/video.mp4") : null,
        null,
        List.of());
  }
}
