/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.buildkit.client.export.ContainerImageExporter;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.session.Attachable;
import dev.buildkit.llb.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One build: a graph or a frontend, what it may read, and where its result goes.
 *
 * <pre>{@code
 * SolveRequest.frontend("dockerfile.v0")
 *     .frontendAttr("target", "app")
 *     .localDir("context", Path.of("."))
 *     .localDir("dockerfile", Path.of("."))
 *     .export(Exporter.oci(Path.of("app.tar")))
 *     .build()
 * }</pre>
 *
 * <p>Immutable, and usable for several solves unless it has its own {@linkplain Builder#ref ref} or writes to a stream. Without
 * an exporter the result only stays in the daemon's cache.
 */
public final class SolveRequest {
  private final @Nullable Definition definition;
  private final String frontend;
  private final Map<String, String> frontendAttrs;
  private final Map<String, Definition> frontendInputs;
  private final Map<String, FileTree> localDirs;
  private final List<Attachable> attachables;
  private final List<Exporter> exporters;
  private final List<CacheOptions> cacheImports;
  private final List<CacheOptions> cacheExports;
  private final Set<Entitlement> entitlements;
  private final List<ProgressListener> listeners;
  private final Optional<String> ref;
  private final Optional<Duration> timeout;
  private final String sharedKey;
  private final boolean internal;
  private final Optional<SourcePolicy> sourcePolicy;
  private final boolean proxyNetwork;

  private SolveRequest(Builder builder) {
    this.definition = builder.definition;
    this.frontend = builder.frontend;
    this.frontendAttrs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.frontendAttrs));
    this.frontendInputs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.frontendInputs));
    this.localDirs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.localDirs));
    this.attachables = List.copyOf(builder.attachables);
    this.exporters = List.copyOf(builder.exporters);
    this.cacheImports = List.copyOf(builder.cacheImports);
    this.cacheExports = List.copyOf(builder.cacheExports);
    this.entitlements = Collections.unmodifiableSet(new LinkedHashSet<>(builder.entitlements));
    this.listeners = List.copyOf(builder.listeners);
    this.ref = Optional.ofNullable(builder.ref);
    this.timeout = Optional.ofNullable(builder.timeout);
    this.sharedKey = builder.sharedKey;
    this.internal = builder.internal;
    this.sourcePolicy = Optional.ofNullable(builder.sourcePolicy);
    this.proxyNetwork = builder.proxyNetwork;
  }

  /**
   * Starts a request that solves a graph.
   *
   * @throws IllegalArgumentException if the definition is empty: scratch is not something to solve
   */
  public static Builder definition(Definition definition) {
    if (definition.isEmpty()) {
      throw new IllegalArgumentException(
          "solve a definition: it is empty (scratch); add an operation to the state");
    }
    return new Builder(definition, "");
  }

  /**
   * Starts a request that lets a frontend of the daemon make the graph.
   *
   * @param name {@code dockerfile.v0}, or {@code gateway.v0} with the attribute {@code source} naming a frontend image
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder frontend(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "frontend must not be blank; use dockerfile.v0 or gateway.v0");
    }
    return new Builder(null, name);
  }

  /** Returns a builder that holds the same as this request. */
  public Builder toBuilder() {
    Builder builder = new Builder(definition, frontend);
    builder.frontendAttrs.putAll(frontendAttrs);
    builder.frontendInputs.putAll(frontendInputs);
    builder.localDirs.putAll(localDirs);
    builder.attachables.addAll(attachables);
    builder.exporters.addAll(exporters);
    builder.cacheImports.addAll(cacheImports);
    builder.cacheExports.addAll(cacheExports);
    builder.entitlements.addAll(entitlements);
    builder.listeners.addAll(listeners);
    builder.ref = ref.orElse(null);
    builder.timeout = timeout.orElse(null);
    builder.sharedKey = sharedKey;
    builder.internal = internal;
    builder.sourcePolicy = sourcePolicy.orElse(null);
    builder.proxyNetwork = proxyNetwork;
    return builder;
  }

  /** Returns the graph, or empty if a frontend makes it. */
  public Optional<Definition> definition() {
    return Optional.ofNullable(definition);
  }

  /** Returns the frontend's name, or an empty string if a graph is solved. */
  public String frontend() {
    return frontend;
  }

  /** Returns the options of the frontend, in the order in which they were given. */
  public Map<String, String> frontendAttrs() {
    return frontendAttrs;
  }

  /** Returns the graphs that the frontend may use, by name. */
  public Map<String, Definition> frontendInputs() {
    return frontendInputs;
  }

  /** Returns the trees that the daemon may read, by name. */
  public Map<String, FileTree> localDirs() {
    return localDirs;
  }

  /** Returns the services that the daemon may call back. */
  public List<Attachable> attachables() {
    return attachables;
  }

  /** Returns where the result goes. */
  public List<Exporter> exporters() {
    return exporters;
  }

  /** Returns the caches to read. */
  public List<CacheOptions> cacheImports() {
    return cacheImports;
  }

  /** Returns the caches to write. */
  public List<CacheOptions> cacheExports() {
    return cacheExports;
  }

  /** Returns the permissions that the build asks for. */
  public Set<Entitlement> entitlements() {
    return entitlements;
  }

  /** Returns those who follow the solve. */
  public List<ProgressListener> listeners() {
    return listeners;
  }

  /** Returns the id of the solve, or empty if the client makes one. */
  public Optional<String> ref() {
    return ref;
  }

  /** Returns how long the solve may take, or empty if it may take forever. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** Returns the key under which the daemon finds earlier copies of the local directories; may be empty. */
  public String sharedKey() {
    return sharedKey;
  }

  /** Returns whether the build stays out of the daemon's history. */
  public boolean internal() {
    return internal;
  }

  /** Returns the rules about the sources of the build. */
  public Optional<SourcePolicy> sourcePolicy() {
    return sourcePolicy;
  }

  /** Returns whether steps reach the network only through a proxy of the daemon. */
  public boolean proxyNetwork() {
    return proxyNetwork;
  }

  /** Returns a summary without values, which may be secret. */
  @Override
  public String toString() {
    return "SolveRequest[" + (definition == null ? frontend : definition.head()) + ", attrs "
        + frontendAttrs.keySet() + ", local " + localDirs.keySet() + ", export "
        + exporters.stream().map(Exporter::type).toList() + "]";
  }

  /** Collects the parts of a {@link SolveRequest}; not safe for use by several threads. */
  public static final class Builder {
    private final @Nullable Definition definition;
    private final String frontend;
    private final Map<String, String> frontendAttrs = new LinkedHashMap<>();
    private final Map<String, Definition> frontendInputs = new LinkedHashMap<>();
    private final Map<String, FileTree> localDirs = new LinkedHashMap<>();
    private final List<Attachable> attachables = new ArrayList<>();
    private final List<Exporter> exporters = new ArrayList<>();
    private final List<CacheOptions> cacheImports = new ArrayList<>();
    private final List<CacheOptions> cacheExports = new ArrayList<>();
    private final Set<Entitlement> entitlements = new LinkedHashSet<>();
    private final List<ProgressListener> listeners = new ArrayList<>();
    private @Nullable String ref;
    private @Nullable Duration timeout;
    private String sharedKey = "";
    private boolean internal;
    private @Nullable SourcePolicy sourcePolicy;
    private boolean proxyNetwork;

    private Builder(@Nullable Definition definition, String frontend) {
      this.definition = definition;
      this.frontend = frontend;
    }

    /**
     * Sets an option of the frontend, such as {@code target} or {@code build-arg:VERSION}, replacing its former value.
     *
     * <p>Without a frontend the daemon reads only the {@code attest:} and {@code build-arg:SOURCE_DATE_EPOCH} options.
     *
     * @throws IllegalArgumentException if the key is blank
     */
    @CanIgnoreReturnValue
    public Builder frontendAttr(String key, String value) {
      requireText(key, "frontend attribute key");
      frontendAttrs.put(key, requireNonNull(value, "value"));
      return this;
    }

    /**
     * Gives the frontend a graph under a name, such as {@code context}, replacing a former one.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    @CanIgnoreReturnValue
    public Builder frontendInput(String name, Definition input) {
      requireText(name, "frontend input name");
      frontendInputs.put(name, requireNonNull(input, "input"));
      return this;
    }

    /**
     * Lets the daemon read a directory under a name; the Dockerfile frontend asks for {@code context} and {@code dockerfile}.
     *
     * <p>Only what a step asks for is read, at the time of the solve.
     *
     * @throws IllegalArgumentException if the name is blank or taken, or the path is no directory
     */
    @CanIgnoreReturnValue
    public Builder localDir(String name, Path directory) {
      requireText(name, "local directory name");
      try {
        return localDir(name, FileTree.of(directory));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("local directory " + name + ": " + e.getMessage(), e);
      }
    }

    /**
     * Lets the daemon read a tree of files under a name.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    @CanIgnoreReturnValue
    public Builder localDir(String name, FileTree tree) {
      requireText(name, "local directory name");
      if (localDirs.putIfAbsent(name, requireNonNull(tree, "tree")) != null) {
        throw new IllegalArgumentException("local directory " + name + " is given twice");
      }
      return this;
    }

    /** Offers services to the daemon, such as secrets. */
    @CanIgnoreReturnValue
    public Builder attach(Attachable attachable) {
      attachables.add(requireNonNull(attachable, "attachable"));
      return this;
    }

    /**
     * Adds a place where the result goes; exporters run side by side. Daemons before BuildKit 0.13 take one, and a solve with more
     * fails there before it begins.
     *
     * @throws IllegalArgumentException if another one writes an OCI image layout, too: a daemon knows one in a solve
     */
    @CanIgnoreReturnValue
    public Builder export(Exporter exporter) {
      requireNonNull(exporter, "exporter");
      if (isLayout(exporter) && exporters.stream().anyMatch(Builder::isLayout)) {
        throw new IllegalArgumentException("export " + exporter
            + ": another exporter of this solve writes an OCI layout, too; solve once for each");
      }
      exporters.add(exporter);
      return this;
    }

    private static boolean isLayout(Exporter exporter) {
      return exporter instanceof ContainerImageExporter image && image.layout().isPresent();
    }

    /** Adds a cache to read; one that cannot be read does not fail the solve. */
    @CanIgnoreReturnValue
    public Builder importCache(CacheOptions cache) {
      cacheImports.add(requireNonNull(cache, "cache"));
      return this;
    }

    /** Adds a cache to write after the solve. */
    @CanIgnoreReturnValue
    public Builder exportCache(CacheOptions cache) {
      cacheExports.add(requireNonNull(cache, "cache"));
      return this;
    }

    /** Asks for a permission, which the daemon must allow too. */
    @CanIgnoreReturnValue
    public Builder allow(Entitlement entitlement) {
      entitlements.add(requireNonNull(entitlement, "entitlement"));
      return this;
    }

    /** Adds one who follows the solve. */
    @CanIgnoreReturnValue
    public Builder progress(ProgressListener listener) {
      listeners.add(requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets the id of the solve. By default the client makes a random one.
     *
     * <p>An id is used once: the daemon refuses one that is running, and history keeps one record of each.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    @CanIgnoreReturnValue
    public Builder ref(String id) {
      requireText(id, "ref");
      this.ref = id;
      return this;
    }

    /**
     * Limits how long the solve may take, from its start until its results are in place. By default there is no limit.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    @CanIgnoreReturnValue
    public Builder timeout(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("timeout must be positive, but was: " + limit);
      }
      this.timeout = limit;
      return this;
    }

    /**
     * Sets the key under which the daemon looks for its earlier copy of the local directories, so that unchanged files are not
     * sent again. The default is empty, as in {@code buildctl}; a wrong key costs time, never correctness.
     */
    @CanIgnoreReturnValue
    public Builder sharedKey(String key) {
      this.sharedKey = requireNonNull(key, "key");
      return this;
    }

    /** Keeps the build out of the daemon's history. */
    @CanIgnoreReturnValue
    public Builder internal() {
      this.internal = true;
      return this;
    }

    /** Sets rules about the sources that the build may read. Daemons before 0.11 ignore them. */
    @CanIgnoreReturnValue
    public Builder sourcePolicy(SourcePolicy policy) {
      this.sourcePolicy = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Lets steps reach the network only through a proxy of the daemon, which records what they load. Daemons before 0.31 ignore it.
     */
    @CanIgnoreReturnValue
    public Builder proxyNetwork() {
      this.proxyNetwork = true;
      return this;
    }

    /**
     * Returns the request.
     *
     * @throws IllegalStateException if a graph reads a local directory that is not given
     */
    public SolveRequest build() {
      if (definition != null) {
        requireLocalDirs(definition);
      }
      frontendInputs.values().forEach(this::requireLocalDirs);
      return new SolveRequest(this);
    }

    private void requireLocalDirs(Definition graph) {
      for (String name : graph.localNames()) {
        if (!localDirs.containsKey(name)) {
          throw new IllegalStateException("solve " + graph + ": it reads the local directory "
              + name + ", which is not given; add localDir(\"" + name + "\", ...)");
        }
      }
    }

    private static void requireText(String text, String what) {
      if (text.isBlank()) {
        throw new IllegalArgumentException(what + " must not be blank");
      }
    }
  }
}
