package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever foreign text repeats, no pattern of this package looks at it more than so often. */
class ForeignTextTest {
  private static final int SHORT = 300;
  private static final int LONG = 4000;

  /** For each character; a host's name of nine parts is looked for from each of them. */
  private static final int MOST_LOOKS = 700;

  /** These are asked about a whole text, never where in it they are. */
  private static final Set<String> OF_A_WHOLE =
      Set.of(
          "CodesInText.AFTER_COLON",
          "CodesInText.AT_ITS_END",
          "CodesInText.START",
          "ErrorBody.MANY_DIGITS",
          "ServiceUrls.ENDS_WITH_A_VERSION",
          "TaskIdReading.SURELY_AN_ID",
          "TaskReading.LOOKS_FINAL",
          "VideoUrls.VIDEO_FILE",
          "VideoUrls.OTHER_FILE");

  private static final List<String> BEFORE = List.of("", "[", "?", "<a", "`a", "data:");

  private static final List<String> PARTS =
      List.of(
          "[", ":", "<", "&", "%", "\\", "/", "@", ".", "=", "\"", "'", "(", "{", " ", "…", "-",
          "_", ",", ";", "?", "#", "0", "12", "a", "A", "Aa", "u0", "a.", "a-", "a:", "&a", "猫");

  record Named(String field, Pattern pattern) {
    @Override
    public String toString() {
      return field + " " + pattern;
    }

    long looks(String text) {
      Counted counted = new Counted(text);
      if (OF_A_WHOLE.contains(field)) {
        pattern.matcher(counted).matches();
      } else {
        pattern.matcher(counted).results().count();
      }
      return counted.looks;
    }
  }

  /** A text that counts how often it is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<Named> patterns() throws Exception {
    Path classes =
        Path.of(Redaction.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = classes.resolve("seedance/activities/provider");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class"))
          .sorted()
          .flatMap(name -> patternsOf(name.replace(".class", "")))
          .collect(Collectors.toList())
          .stream();
    }
  }

  private static Stream<Named> patternsOf(String name) {
    try {
      Class<?> type = Class.forName("seedance.activities.provider." + name);
      return Stream.of(type.getDeclaredFields())
          .filter(field -> Modifier.isStatic(field.getModifiers()))
          .flatMap(ForeignTextTest::patternsIn);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Named> patternsIn(Field field) {
    String name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
    try {
      field.setAccessible(true);
      Object value = field.get(null);
      Stream<?> values = value instanceof List<?> list ? list.stream() : Stream.of(value);
      return values
          .filter(Pattern.class::isInstance)
          .map(Pattern.class::cast)
          .map(pattern -> new Named(name, pattern));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void patternReadsForeignTextOnce_whateverItRepeats(Named named) {
    for (String repeated : PARTS) {
      for (String before : BEFORE) {
        String text = before + repeated.repeat(SHORT / repeated.length());
        long shortLooks = named.looks(text);
        assertThat(shortLooks)
            .as("of %s, then %s", before, repeated)
            .isLessThan((long) MOST_LOOKS * SHORT);
        long twice = named.looks(text + text.substring(before.length()));
        assertThat(twice).as("of %s, then %s", before, repeated).isLessThan(shortLooks * 3 + 5_000);
      }
      assertThat(named.looks(repeated.repeat(LONG / repeated.length())))
          .as("of %s", repeated)
          .isLessThan((long) MOST_LOOKS * LONG);
    }
  }
}
