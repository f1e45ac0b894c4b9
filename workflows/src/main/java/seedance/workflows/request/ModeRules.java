package seedance.workflows.request;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import seedance.workflows.json.Violations;
import seedance.workflows.request.ContentItem.DraftItem;
import seedance.workflows.request.ContentItem.MediumItem;
import seedance.workflows.request.ContentItem.TextItem;
import seedance.workflows.request.ContentItem.UnclearItem;
import seedance.workflows.request.Medium.Role;

/** Finds which mode the items of {@code content} make, and what keeps them from making it. */
final class ModeRules {
  private static final String CONTENT = "content";
  private static final int MOST_NAMED = 3;

  private final List<ContentItem> items;
  private final ModelLimits limits;
  private final Violations found;

  /** Whether some item could not be read, so that what seems missing may be there. */
  private final boolean unclear;

  ModeRules(List<ContentItem> items, ModelLimits limits, Violations found) {
    this.items = items;
    this.limits = limits;
    this.found = found;
    this.unclear =
        items.stream().anyMatch(UnclearItem.class::isInstance)
            || !media(MediumItem::unclear).isEmpty();
  }

  /** Returns the mode; empty where the items make none or more than one. */
  Optional<ModeName> check() {
    if (items.stream().anyMatch(DraftItem.class::isInstance)) {
      checkFinal();
      return Optional.of(ModeName.FINAL);
    }
    List<MediumItem> frames = media(item -> item.is(Role.FIRST_FRAME) || item.is(Role.LAST_FRAME));
    List<MediumItem> references =
        media(item -> item.is(Role.REFERENCE_IMAGE) || item.medium() != Medium.IMAGE);
    List<MediumItem> withoutRole =
        media(item -> item.medium() == Medium.IMAGE && item.role().isEmpty() && !item.unclear());
    if (!frames.isEmpty() && !references.isEmpty()) {
      found.add(
          CONTENT,
          "mixes first or last frames (%s) with references (%s), which exclude each other: keep one"
                  .formatted(named(frames), named(references))
              + " kind, or make the frames reference_image too");
      return Optional.empty();
    } else if (!references.isEmpty()) {
      checkReferences(references, withoutRole);
      return Optional.of(ModeName.REFERENCE);
    } else if (!frames.isEmpty() || !withoutRole.isEmpty()) {
      checkFrames(withoutRole);
      return Optional.of(ModeName.FRAMES);
    } else if (unclear || items.isEmpty()) {
      return Optional.empty();
    }
    refuseUnlessTaken(ModeName.TEXT, "text alone is");
    return Optional.of(ModeName.TEXT);
  }

  private void checkFinal() {
    boolean first = true;
    for (ContentItem item : items) {
      if (item instanceof TextItem) {
        found.add(
            item.path(), "a draft_task stands alone, the draft's own text is used: leave this out");
      } else if (item instanceof MediumItem) {
        found.add(
            item.path(), "a draft_task stands alone, the draft's own media are used: leave it out");
      } else if (item instanceof DraftItem) {
        if (!first) {
          found.add(item.path(), "a second draft_task: a final is made of one draft");
        } else if (limits.output().draft().isEmpty()) {
          found.add(item.path(), "drafts are not made by " + limits.name());
        }
        first = false;
      }
    }
  }

  private void checkFrames(List<MediumItem> withoutRole) {
    List<MediumItem> images = media(item -> item.medium() == Medium.IMAGE);
    List<MediumItem> firsts = media(item -> item.is(Role.FIRST_FRAME));
    List<MediumItem> lasts = media(item -> item.is(Role.LAST_FRAME));
    refuseUnlessTaken(ModeName.FRAMES, "a first frame is");
    if (images.size() > 2) {
      found.add(
          CONTENT,
          "has %d images as frames: a first_frame and a last_frame at most, or reference_image for"
                  .formatted(images.size())
              + " all");
    } else if (images.size() == 2) {
      for (MediumItem image : withoutRole) {
        String right =
            !firsts.isEmpty()
                ? "write last_frame"
                : !lasts.isEmpty()
                    ? "write first_frame"
                    : "write " + (image == images.get(0) ? "first_frame" : "last_frame");
        found.add(image.rolePath(), "is missing: with two images both roles are needed, " + right);
      }
      refuseSecond(firsts, Role.LAST_FRAME);
      refuseSecond(lasts, Role.FIRST_FRAME);
    } else if (!lasts.isEmpty()) {
      found.add(
          lasts.get(0).rolePath(),
          "a last_frame needs a first_frame beside it: add one, or write first_frame");
    }
    if (!lasts.isEmpty() && limits.inputs().firstFrame() && !limits.inputs().lastFrame()) {
      found.add(
          lasts.get(0).rolePath(),
          "a last frame is not an input of " + limits.name() + ": only a first frame");
    }
  }

  private void refuseSecond(List<MediumItem> sameRole, Role right) {
    if (sameRole.size() == 2) {
      found.add(
          sameRole.get(1).rolePath(),
          "a second %s: write %s".formatted(sameRole.get(0).role().get().label(), right.label()));
    }
  }

  private void checkReferences(List<MediumItem> references, List<MediumItem> withoutRole) {
    for (MediumItem image : withoutRole) {
      found.add(
          image.rolePath(), "is missing: beside references an image needs role reference_image");
    }
    if (limits.inputs().references().isEmpty()) {
      refuseUnlessTaken(ModeName.REFERENCE, "references (" + named(references) + ") are");
      return;
    }
    Model.References most = limits.inputs().references().get();
    refuseOver(Medium.IMAGE, most.images());
    refuseOver(Medium.VIDEO, most.videos());
    refuseOver(Medium.AUDIO, most.audios());
    boolean audioAlone = media(item -> item.medium() != Medium.AUDIO).isEmpty() && !unclear;
    if (audioAlone && !most.audioAlone()) {
      found.add(
          CONTENT,
          "has audio without an image or a video: add a reference_image or a reference_video");
    }
  }

  private void refuseOver(Medium medium, int most) {
    int count = media(item -> item.medium() == medium).size();
    if (count > most) {
      found.add(
          CONTENT,
          "has %d reference %ss: at most %d with %s"
              .formatted(count, medium.word(), most, limits.name()));
    }
  }

  private void refuseUnlessTaken(ModeName mode, String what) {
    if (!limits.inputs().take(mode)) {
      found.add(CONTENT, what + " not an input of " + limits.name());
    }
  }

  /** Returns the mode as a value; only where nothing is wrong with the items. */
  GenerationMode mode(ModeName name) {
    return switch (name) {
      case TEXT -> new GenerationMode.Text(prompts());
      case FRAMES ->
          new GenerationMode.Frames(
              prompts(),
              urls(item -> !item.is(Role.LAST_FRAME)).get(0),
              urls(item -> item.is(Role.LAST_FRAME)).stream().findFirst());
      case REFERENCE ->
          new GenerationMode.Reference(
              prompts(),
              urls(item -> item.medium() == Medium.IMAGE),
              urls(item -> item.medium() == Medium.VIDEO),
              urls(item -> item.medium() == Medium.AUDIO));
      case FINAL ->
          new GenerationMode.FinalOfDraft(((DraftItem) items.get(0)).taskId().orElseThrow());
    };
  }

  private List<String> prompts() {
    return items.stream()
        .filter(TextItem.class::isInstance)
        .map(item -> ((TextItem) item).text().orElseThrow())
        .toList();
  }

  private List<MediaUrl> urls(Predicate<MediumItem> wanted) {
    return media(wanted).stream().map(item -> new MediaUrl(item.url().orElseThrow())).toList();
  }

  private List<MediumItem> media(Predicate<MediumItem> wanted) {
    return items.stream()
        .filter(MediumItem.class::isInstance)
        .map(MediumItem.class::cast)
        .filter(wanted)
        .toList();
  }

  private static String named(List<MediumItem> some) {
    return some.stream().limit(MOST_NAMED).map(MediumItem::path).collect(Collectors.joining(", "))
        + (some.size() > MOST_NAMED ? ", …" : "");
  }
}
