package seedance.activities.provider;

import java.net.URI;

/** The two ways in which the service is spoken to. Bodies and roles are the same in both. */
public enum Dialect {
  /** A gateway's {@code /v1/videos}, as the page describes it. */
  GATEWAY("https://api.3hei.com", "v1", "videos"),
  /** Volcengine Ark's own API; BytePlus's has another base URL. */
  ARK("https://ark.cn-beijing.volces.com", "api/v3", "contents/generations/tasks");

  private final URI defaultBaseUrl;
  private final String version;
  private final String tasks;

  Dialect(String defaultBaseUrl, String version, String tasks) {
    this.defaultBaseUrl = URI.create(defaultBaseUrl);
    this.version = version;
    this.tasks = tasks;
  }

  /** Where this dialect is spoken by default. */
  public URI defaultBaseUrl() {
    return defaultBaseUrl;
  }

  /** The path segments of the API's version, such as {@code api/v3}. */
  String version() {
    return version;
  }

  /** The path segments of the tasks, below {@link #version()}. */
  String tasks() {
    return tasks;
  }
}
