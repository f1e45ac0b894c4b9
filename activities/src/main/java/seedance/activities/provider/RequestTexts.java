package seedance.activities.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/**
 * Every text of a request that is its author's own: prompts, names, URLs, ids, fields that no one
 * else knows. The service's own words, such as {@code reference_image} for a role, are not.
 *
 * @param texts as they are, made plain where that differs, and {@link Garbled garbled}
 * @param inlineMedia whether it holds some, whole or cut to its hash; that itself is no text here
 */
record RequestTexts(List<String> texts, boolean inlineMedia) {
  private static final Set<String> CHOICES =
      Set.of(
          "type",
          "role",
          "resolution",
          "ratio",
          "service_tier",
          "output_format",
          "omni_reference_task_type");

  private static final Set<String> CHOSEN =
      Set.of(
          "text",
          "image_url",
          "video_url",
          "audio_url",
          "draft_task",
          "first_frame",
          "last_frame",
          "reference_image",
          "reference_video",
          "reference_audio",
          "web_search",
          "480p",
          "720p",
          "1080p",
          "4k",
          "16:9",
          "4:3",
          "1:1",
          "3:4",
          "9:16",
          "21:9",
          "adaptive",
          "default",
          "flex",
          "mp4",
          "mov",
          "auto",
          "reference",
          "edit",
          "extend");

  /** A number of fewer digits is no name. */
  private static final int LONG_NUMBER = 12;

  RequestTexts {
    texts = List.copyOf(texts);
  }

  static RequestTexts of(Json request) {
    Collected found = new Collected();
    found.add("", request.tree());
    return new RequestTexts(List.copyOf(found.texts), found.inlineMedia);
  }

  private static final class Collected {
    private final Set<String> texts = new LinkedHashSet<>();
    private boolean inlineMedia;

    void add(String field, @Nullable Object value) {
      if (value instanceof Map<?, ?> fields) {
        fields.forEach(
            (name, inner) -> {
              if (!FieldNames.isKnown(String.valueOf(name))) {
                add(String.valueOf(name));
              }
              add(String.valueOf(name), inner);
            });
      } else if (value instanceof List<?> list) {
        list.forEach(inner -> add(field, inner));
      } else if (value instanceof String text) {
        if (InlineMedia.isIn(text)) {
          inlineMedia = true;
          add(InlineMedia.textAround(text));
        } else if (!CHOICES.contains(field) || !CHOSEN.contains(text)) {
          add(text);
        }
      } else if (value instanceof Number && value.toString().length() >= LONG_NUMBER) {
        add(value.toString());
      }
    }

    private void add(String text) {
      texts.add(text);
      texts.add(PlainText.of(text));
      for (String form : Garbled.of(text)) {
        texts.add(PlainText.of(form));
      }
    }
  }
}
