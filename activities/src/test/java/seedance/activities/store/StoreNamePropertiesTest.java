package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the names for every id that Temporal can have, which is any UTF-8 text. */
class StoreNamePropertiesTest {
  private static final Path STORE = Path.of("/clips");

  @Property(tries = 3000)
  void name_isOnePathElementThatStaysInside(@ForAll("ids") String id) {
    String name = StoreName.of(id);

    assertThat(STORE.resolve(name).normalize().getParent()).isEqualTo(STORE);
    assertThat(Path.of(name).getNameCount()).isEqualTo(1);
    assertThat(name).matches("[A-Za-z0-9._%~-]{1,200}").doesNotStartWith(".");
  }

  @Property(tries = 3000)
  void differentIds_haveDifferentNames(@ForAll("ids") String one, @ForAll("ids") String other) {
    Assume.that(!one.equals(other));

    assertThat(StoreName.of(one)).isNotEqualTo(StoreName.of(other));
  }

  /** An id must not look like the encoded or shortened form of another. */
  @Property
  void nameOfAName_isAnotherName(@ForAll("ids") String id) {
    String name = StoreName.of(id);
    Assume.that(!name.equals(id));

    assertThat(StoreName.of(name)).isNotEqualTo(name);
  }

  @Property(tries = 3000)
  void whatMeansAnythingToWindows_isNoName(@ForAll("ids") String id, @ForAll("ids") String other) {
    String name = StoreName.of(id, true);

    assertThat(name).matches("[A-Za-z0-9._%~-]{1,200}").doesNotEndWith(".").doesNotEndWith(" ");
    assertThat(name.toLowerCase(Locale.ROOT))
        .doesNotMatch("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    Assume.that(!id.equals(other));
    assertThat(name).isNotEqualTo(StoreName.of(other, true));
  }

  @Property
  void nameApart_isOnePathElement_andNoOtherIdsName(
      @ForAll("ids") String id, @ForAll("ids") String other) {
    assertThat(StoreName.apart(id)).matches("[A-Za-z0-9._%~-]{1,200}").doesNotStartWith(".");
    assertThat(StoreName.apart(id)).isNotEqualTo(StoreName.of(other));
  }

  @Property(tries = 3000)
  void readableName_isOnePathElement_thatEveryFileSystemTakes(@ForAll("ids") String id) {
    String name = StoreName.readable(id);

    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 200);
    assertThat(name)
        .matches("[\\p{L}\\p{N}\\p{Mn}\\p{Mc}._%~-]+")
        .doesNotStartWith(".")
        .doesNotEndWith(".");
    assertThat(Normalizer.isNormalized(name, Normalizer.Form.NFC)).isTrue();
    assertThat(name.toLowerCase(Locale.ROOT))
        .doesNotMatch("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
  }

  @Property(tries = 3000)
  void differentIds_haveDifferentReadableNames_andNoneThatAnEarlierVersionGaveAnother(
      @ForAll("ids") String one, @ForAll("ids") String other) {
    Assume.that(!one.equals(other));

    assertThat(StoreName.readable(one)).isNotEqualTo(StoreName.readable(other));
    assertThat(StoreName.readable(one)).isNotEqualTo(StoreName.of(other));
    assertThat(StoreName.readable(one)).isNotEqualTo(StoreName.apart(other));
  }

  @Example
  void lettersOfEveryScript_stayAsTheyAre_inTheirComposedForm() {
    assertThat(StoreName.readable("片段-1")).isEqualTo("片段-1");
    assertThat(StoreName.readable("Straße_ünïcode.v2")).isEqualTo("Straße_ünïcode.v2");
    assertThat(StoreName.readable("हिन्दी")).isEqualTo("हिन्दी");
    assertThat(StoreName.readable("e\u0301")).isEqualTo("e%CC%81");
    assertThat(StoreName.readable("a b/\u202e")).isEqualTo("a%20b%2F%E2%80%AE");
    assertThat(StoreName.readable("片".repeat(100))).startsWith("片片").hasSizeLessThan(90);
  }

  @Property
  void plainId_isItsOwnName(@ForAll("plainIds") String id) {
    assertThat(StoreName.of(id)).isEqualTo(id);
  }

  @Provide
  Arbitrary<String> ids() {
    Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(300);
    Arbitrary<String> tricky =
        Arbitraries.strings()
            .withChars('.', '/', '\\', '%', '~', '2', 'E', 'e', 'a')
            .ofMaxLength(6);
    Arbitrary<String> tooLong = tricky.map(end -> "a".repeat(170) + end);
    Arbitrary<String> devices =
        Arbitraries.of("CON", "con", "Aux.", "nul.txt", "COM1", "lpt9.a.b", "com", "%43ON", "x.");
    return Arbitraries.oneOf(anything, tricky, tooLong, devices)
        .filter(StoreNamePropertiesTest::isUtf8);
  }

  @Provide
  Arbitrary<String> plainIds() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .numeric()
        .withChars('-', '_', '.')
        .ofMinLength(1)
        .ofMaxLength(160)
        .filter(id -> !id.startsWith("."));
  }

  private static boolean isUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
  }
}
