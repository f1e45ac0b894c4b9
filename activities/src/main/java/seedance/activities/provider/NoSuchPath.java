package seedance.activities.provider;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells what routers and frameworks say of a path that they do not have (M) from what a service
 * says of a model, a draft or an input. Only such a path's text begins with it, or names method and
 * path.
 */
final class NoSuchPath {
  private static final String NOT_THERE =
      "(?:was |is |are )?(?:not found|could not be found|cannot be found|(?:does|do) not exist"
          + "|doesn't exist)\\b.*";

  private static final String A_PATH =
      "(?:[\"'`(]?(?:[A-Z]{3,7}[: ]{1,2})?/?[\\w.-]*/[\\w./-]*[\"'`)]? )?";

  private static final Pattern[] SAID = {
    Pattern.compile("(?is)(?:404[ :-]*)?(?:(?:page|resource) )?not found[.!]?"),
    Pattern.compile(
        "(?is)(?:error: )?(?:the |this |that )?(?:requested |request )?(?:api )?"
            + "(?:path|route|endpoint|page|url|uri) "
            + A_PATH
            + NOT_THERE),
    Pattern.compile(
        "(?is)(?:(?:no such|unknown|no matching|no) (?:request )?(?:path|route|page|handler)"
            + "|(?:no such|unknown) (?:request )?(?:url|uri|api)|no static resource|invalid url)\\b.*"),
    Pattern.compile("(?is)(?:no such|unknown) (?:api )?endpoint[.!]?"),
    Pattern.compile("(?is)cannot (?:post|put|get)\\b.*"),
    Pattern.compile("(?s).*\\b(?:POST|GET)\\b[ :]{0,3}/.*"),
    Pattern.compile(
        "(?is)(?:请求的?|该|此|您访问的)?(?:api ?)?(?:地址|接口|路径|路由|页面)(?:地址|路径)?"
            + "[\\s:：\"'/\\w.\\[\\]-]{0,60}(?:不存在|未找到|找不到).*"),
  };

  /** Then it is a URL of the request that is not there. */
  private static final Pattern OF_AN_INPUT =
      Pattern.compile(
          "(?i)\\b(?:fetch(?:ing)?|download(?:ing)?)\\b|\\b(?:image|audio|video)[_ ]url\\b");

  private NoSuchPath() {}

  /** Whether a text is one of those, or none at all, as of a page. */
  static boolean isSaidBy(String text) {
    String said = text.strip();
    return said.isEmpty()
        || !OF_AN_INPUT.matcher(said).find()
            && Stream.of(SAID).anyMatch(each -> each.matcher(said).matches());
  }
}
