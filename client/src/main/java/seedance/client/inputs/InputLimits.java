package seedance.client.inputs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.client.inputs.LocalFile.OfRequest;
import seedance.workflows.json.Violation;
import seedance.workflows.json.Violations;
import seedance.workflows.json.Wording;
import seedance.workflows.request.Medium;
import seedance.workflows.request.Model;
import seedance.workflows.request.ModelCatalogue;

/**
 * Whether the service takes files as what a body wants them for: their types, sizes, sides, lengths
 * and frames. What is not known of a file is not judged, and how many there are is for the rules of
 * requests. Pure and thread-safe.
 *
 * <p>The limits are those of the service's page on creating a task; a doubtful file passes, as the
 * service refuses it without a charge.
 */
final class InputLimits {
  /**
   * The page says 2 to 15 s and 2 to 30 s. The service itself refuses what is under 1.8 s, or over
   * 15.2 s and 30.2 s, of one file and of all: so its messages that users of it quote in public.
   * Its own clips of 15 s have some frames more than that, too.
   */
  private static final Duration SLACK = Duration.ofMillis(200);

  private static final int FRAMES_MIN = 24;
  private static final int FRAMES_MAX = 60;

  /** The film rate of 23.976 counts as 24, and a phone's 60.02 as 60. */
  private static final double FRAMES_SLACK = 0.5;

  private final ModelCatalogue catalogue;

  /** Limits by the models of a catalogue. */
  public InputLimits(ModelCatalogue catalogue) {
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
  }

  /** Returns every limit that the files of a body break, file by file and then those of all. */
  public List<Violation> check(List<LocalInput> inputs) {
    Violations found = new Violations();
    inputs.forEach(input -> check(input, found));
    inputs.stream()
        .collect(groupingBy(input -> input.place().request(), LinkedHashMap::new, toList()))
        .forEach((request, ofRequest) -> checkTotals(request, ofRequest, found));
    return found.list();
  }

  private void check(LocalInput input, Violations found) {
    if (input.file() instanceof MediaFile.Found file) {
      if (file.type().medium().filter(input.place().medium()::equals).isPresent()) {
        faults(input.place(), file, found);
      } else {
        refuse(input.place(), wrongType(input.place().medium(), file.type()), found);
      }
    } else if (input.file() instanceof MediaFile.Unreadable unreadable) {
      refuse(input.place(), why(input.place(), unreadable.why()), found);
    }
  }

  private static void refuse(LocalFile place, String fault, Violations found) {
    found.add(place.path(), place.named() + " " + fault);
  }

  private static String why(LocalFile place, MediaFile.Why why) {
    return why == MediaFile.Why.MISSING && place.source() instanceof Source.OnDisk onDisk
        ? why.words() + ": looked for " + LocalFile.quoted(onDisk.file().toString())
        : why.words();
  }

  private static String wrongType(Medium wanted, InputType type) {
    String is =
        type.medium()
            .map(
                medium ->
                    "is %s %s (%s)"
                        .formatted(medium == Medium.VIDEO ? "a" : "an", medium.word(), type.word()))
            .orElse(
                type == InputType.UNKNOWN
                    ? "is of no type that is known here"
                    : "is of type " + type.word());
    return is + ": " + wanted.type() + " takes " + Wording.anyOf(InputType.words(wanted));
  }

  private void faults(LocalFile place, MediaFile.Found file, Violations found) {
    Medium medium = place.medium();
    medium.sizeFault(file.bytes()).ifPresent(fault -> refuse(place, fault, found));
    if (file.facts() instanceof MediaFacts.Image image) {
      image.size().flatMap(size -> size.fault()).ifPresent(fault -> refuse(place, fault, found));
    } else {
      lengthFault(place, file.facts()).ifPresent(fault -> refuse(place, fault, found));
    }
    if (file.facts() instanceof MediaFacts.Video video) {
      video.framesPerSecond().stream()
          .filter(
              frames -> frames < FRAMES_MIN - FRAMES_SLACK || frames >= FRAMES_MAX + FRAMES_SLACK)
          .mapToObj(
              frames ->
                  "has %s frames a second: must be %d to %d"
                      .formatted(shown(BigDecimal.valueOf(frames)), FRAMES_MIN, FRAMES_MAX))
          .forEach(fault -> refuse(place, fault, found));
    }
  }

  private Optional<String> lengthFault(LocalFile place, MediaFacts facts) {
    Optional<Limits> limits = limits(place.request());
    return facts
        .length()
        .filter(length -> limits.isPresent() && !limits.get().take(length))
        .map(
            length ->
                "lasts %s: must be %d to %d s with %s"
                    .formatted(
                        inSeconds(length),
                        limits.orElseThrow().clips().shortest(),
                        limits.orElseThrow().clips().longest(),
                        limits.orElseThrow().model()));
  }

  /** A file that is too long by itself was named already, and says enough. */
  private void checkTotals(OfRequest request, List<LocalInput> inputs, Violations found) {
    limits(request)
        .ifPresent(
            limits -> {
              for (Medium medium : List.of(Medium.VIDEO, Medium.AUDIO)) {
                checkTotal(
                    request,
                    limits,
                    inputs.stream().filter(input -> input.isA(medium)).toList(),
                    found);
              }
            });
  }

  private static void checkTotal(
      OfRequest request, Limits limits, List<LocalInput> inputs, Violations found) {
    Duration total =
        inputs.stream()
            .flatMap(input -> input.length().stream())
            .reduce(Duration.ZERO, Duration::plus);
    boolean eachFits =
        inputs.stream().flatMap(input -> input.length().stream()).noneMatch(limits::isOver);
    if (eachFits && total.compareTo(limits.total()) > 0) {
      found.add(
          request.content(),
          "%s last %s together: at most %d s with %s"
              .formatted(
                  Wording.allOf(inputs.stream().map(input -> input.place().named()).toList()),
                  inSeconds(total),
                  limits.clips().total(),
                  limits.model()));
    }
  }

  /**
   * How long inputs may be.
   *
   * @param model whose limits these are
   */
  private record Limits(String model, Model.Clips clips) {
    boolean take(Duration length) {
      return !isOver(length)
          && length.compareTo(Duration.ofSeconds(clips.shortest()).minus(SLACK)) >= 0;
    }

    boolean isOver(Duration length) {
      return length.compareTo(Duration.ofSeconds(clips.longest()).plus(SLACK)) > 0;
    }

    Duration total() {
      return Duration.ofSeconds(clips.total()).plus(SLACK);
    }
  }

  private Optional<Limits> limits(OfRequest request) {
    Optional<Model> model = request.model().flatMap(catalogue::find);
    return model.isPresent()
        ? model
            .get()
            .inputs()
            .clips()
            .map(clips -> new Limits(request.model().orElseThrow(), clips))
        : widest().map(clips -> new Limits("any known model", clips));
  }

  /** What no known model goes beyond; empty where one of them says nothing of lengths. */
  private Optional<Model.Clips> widest() {
    List<Model.Inputs> takers =
        catalogue.models().stream()
            .map(Model::inputs)
            .filter(inputs -> inputs.references().isPresent())
            .toList();
    return takers.stream().allMatch(inputs -> inputs.clips().isPresent())
        ? takers.stream()
            .flatMap(inputs -> inputs.clips().stream())
            .reduce(
                (a, b) ->
                    new Model.Clips(
                        Math.min(a.shortest(), b.shortest()),
                        Math.max(a.longest(), b.longest()),
                        Math.max(a.total(), b.total())))
        : Optional.empty();
  }

  private static String inSeconds(Duration length) {
    return shown(BigDecimal.valueOf(length.toMillis(), 3)) + " s";
  }

  /** With at most two decimals. */
  private static String shown(BigDecimal number) {
    return number.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }
}
