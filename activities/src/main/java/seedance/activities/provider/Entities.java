package seedance.activities.provider;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that HTML has for letters (Latin, Greek, Cyrillic) and for the commonest signs. HTML 5
 * has two thousand; a name that is not here stays, and is cut with its word.
 */
final class Entities {
  private static final Map<String, String> NAMED = new HashMap<>();

  private static final Map<String, String> ACCENTS =
      Map.ofEntries(
          Map.entry("grave", "\u0300"),
          Map.entry("acute", "\u0301"),
          Map.entry("circ", "\u0302"),
          Map.entry("tilde", "\u0303"),
          Map.entry("macr", "\u0304"),
          Map.entry("breve", "\u0306"),
          Map.entry("dot", "\u0307"),
          Map.entry("uml", "\u0308"),
          Map.entry("ring", "\u030A"),
          Map.entry("dblac", "\u030B"),
          Map.entry("caron", "\u030C"),
          Map.entry("cedil", "\u0327"),
          Map.entry("ogon", "\u0328"));

  private static final Pattern ACCENTED =
      Pattern.compile("([A-Za-z])(" + String.join("|", ACCENTS.keySet()) + ")");

  static {
    pairs(
        "amp & lt < gt > quot \" apos ' szlig ß AElig Æ aelig æ OElig Œ oelig œ Oslash Ø oslash ø"
            + " ETH Ð eth ð THORN Þ thorn þ Lstrok Ł lstrok ł Dstrok Đ dstrok đ inodot ı imath ı"
            + " iexcl ¡ iquest ¿ laquo « raquo » ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “"
            + " rdquo ” bdquo „ hellip … bull • middot · times × deg ° euro € pound £ yen ¥ cent ¢"
            + " sect § para ¶ copy © reg ® trade ™ num # lpar ( rpar ) comma , period . colon :"
            + " semi ; sol / bsol \\ excl ! quest ? equals = plus + lowbar _ commat @ percnt %"
            + " lsqb [ rsqb ] lbrack [ rbrack ] lcub { rcub } vert | hyphen - dash - ordf ª ordm º");
    for (String blank : "nbsp ensp emsp thinsp NewLine Tab".split(" ")) {
      NAMED.put(blank, " ");
    }
    for (String nothing : "shy zwj zwnj lrm rlm ZeroWidthSpace NoBreak".split(" ")) {
      NAMED.put(nothing, "");
    }
    letters(
        'α',
        "",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
            + " sigmaf sigma tau upsilon phi chi psi omega");
    letters(
        'а',
        "cy",
        "a b v g d ie zh z i j k l m n o p r s t u f kh ts ch sh shch hard y soft e yu ya");
    letters('ё', "cy", "io dj gj juk ds iuk yi jser lj nj tsh kj - ubr dz");
  }

  private Entities() {}

  private static void pairs(String text) {
    String[] words = text.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      NAMED.put(words[i], words[i + 1]);
    }
  }

  /** Of letters that follow each other; a capital's name begins with one, or is all of them. */
  private static void letters(char first, String ending, String names) {
    char small = first;
    for (String name : names.split(" ")) {
      String capital = String.valueOf(small).toUpperCase(Locale.ROOT);
      NAMED.put(name + ending, String.valueOf(small));
      NAMED.put(
          name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ending, capital);
      NAMED.put(name.toUpperCase(Locale.ROOT) + ending, capital);
      small++;
    }
  }

  /** What a name stands for; empty where it is not known. */
  static Optional<String> named(String name) {
    Matcher accented = ACCENTED.matcher(name);
    return accented.matches()
        ? Optional.of(
            Normalizer.normalize(
                accented.group(1) + ACCENTS.get(accented.group(2)), Normalizer.Form.NFC))
        : Optional.ofNullable(NAMED.get(name));
  }
}
