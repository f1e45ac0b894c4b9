package seedance.workflows.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an earlier generation made: {@code generation://WORKFLOW-ID/video}, {@code …/last_frame} or
 * {@code …/task}. In the URL the id is percent-encoded; the characters that a URL's path may hold
 * can also stand as they are.
 *
 * @param workflowId of the {@code VideoGeneration}, as Temporal knows it
 * @param output what of it
 */
public record GenerationReference(String workflowId, GenerationOutput output)
    implements OutputReference {
  /** As long as Temporal lets a workflow id be, in bytes of UTF-8. */
  static final int LONGEST_ID = 1_000;

  private static final String SCHEME = "generation:";

  /** Possessive, as a group that is repeated takes the parser's stack for every character. */
  private static final Pattern URL =
      Pattern.compile(
          "generation://((?:[A-Za-z0-9._~!$&'()*+,;=:@-]++|%[0-9A-Fa-f]{2})++)/([a-z_]*+)");

  /** Each byte as three characters, and what is around the id. */
  private static final int LONGEST_URL = 3 * LONGEST_ID + 40;

  private static final char UNDECODABLE = '\ufffd';

  /**
   * @throws IllegalArgumentException if no workflow can have that id
   */
  public GenerationReference {
    if (!isWorkflowId(workflowId)) {
      throw new IllegalArgumentException("not a workflow's id");
    }
    Objects.requireNonNull(output, "output");
  }

  /** Whether a workflow can have this id. */
  public static boolean isWorkflowId(String id) {
    return problemOfWorkflowId(id).isEmpty();
  }

  /** Why no workflow, or none that is referred to, can have this id; empty where one can. */
  public static Optional<String> problemOfWorkflowId(String id) {
    if (id.isBlank()) {
      return Optional.of("is blank");
    }
    if (id.indexOf(UNDECODABLE) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      return Optional.of("holds what is no character");
    }
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= LONGEST_ID
        ? Optional.empty()
        : Optional.of("has %d bytes, over Temporal's %d".formatted(bytes, LONGEST_ID));
  }

  /** Reads a reference; empty where the text is none that is written right. */
  public static Optional<GenerationReference> of(String text) {
    Matcher url = URL.matcher(text);
    if (text.length() > LONGEST_URL || !url.matches()) {
      return Optional.empty();
    }
    String id = decoded(url.group(1));
    return isWorkflowId(id)
        ? GenerationOutput.of(url.group(2)).map(output -> new GenerationReference(id, output))
        : Optional.empty();
  }

  /** What is wrong with the id of a text whose form is right; empty where that is not all. */
  static Optional<String> problemOfIdIn(String text) {
    Matcher url = URL.matcher(text);
    return url.matches() ? problemOfWorkflowId(decoded(url.group(1))) : Optional.empty();
  }

  /** The decoder is one for forms, where + is a space. */
  private static String decoded(String id) {
    return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * Reads a reference that was checked before.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GenerationReference fromUrl(String url) {
    return of(url)
        .orElseThrow(() -> new IllegalArgumentException("not a reference to a generation"));
  }

  static boolean isMeant(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  @JsonValue
  public String url() {
    String encoded = URLEncoder.encode(workflowId, StandardCharsets.UTF_8).replace("+", "%20");
    return SCHEME + "//" + encoded + "/" + output.label();
  }
}
