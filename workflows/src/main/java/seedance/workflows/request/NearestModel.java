package seedance.workflows.request;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.json.NearestName;

/** Says which known model a name that nobody knows was probably meant to be. */
final class NearestModel {
  private static final int LONGEST = 60;
  private static final int CHARACTERS_FOR_AN_EDIT = 4;

  private NearestModel() {}

  /** Returns an id or an alias; empty where none is near. */
  static Optional<String> to(String name, Collection<Model> models) {
    String bare = bare(name);
    String own = plain(last(name));
    if (bare.isEmpty() || name.length() > LONGEST) {
      return Optional.empty();
    }
    return models.stream()
        .flatMap(model -> Stream.concat(model.aliases().stream(), Stream.of(model.id())))
        .filter(known -> cost(bare, bare(known)) <= bare.length() / CHARACTERS_FOR_AN_EDIT)
        .min(
            Comparator.comparing((String known) -> !version(bare).equals(version(bare(known))))
                .thenComparingInt(known -> cost(bare, bare(known)))
                .thenComparingInt(known -> NearestName.distance(own, plain(known))));
  }

  /** Another version is another model, however few its other letters are. */
  private static String version(String bare) {
    return bare.replaceAll("[^0-9]", "").replaceFirst("(?<=..).+", "");
  }

  /** In edits; a name that only ends too early is nearer than one with a wrong character. */
  private static int cost(String bare, String known) {
    boolean isBegun = known.startsWith(bare) && bare.chars().anyMatch(Character::isDigit);
    return isBegun ? 0 : NearestName.distance(bare, known);
  }

  /** Without what gateways and the service's two sites put before a model's own name. */
  private static String bare(String name) {
    return plain(
        last(name)
            .replaceFirst("^(?:(?:doubao|dreamina|bytedance|byteplus|volcengine)[^a-z0-9]*)+", ""));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  /** With digits for the letters that are taken for them. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "")
        .replace('o', '0')
        .replace('l', '1')
        .replace('i', '1');
  }
}
