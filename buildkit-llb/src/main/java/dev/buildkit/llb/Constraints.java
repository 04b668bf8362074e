/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto.ExportCache;
import dev.buildkit.api.OpsProto.OpMetadata;
import dev.buildkit.api.OpsProto.ProgressGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an operation is carried out, and how it is shown.
 *
 * <p>Given to one operation ({@link Exec#constraints}, {@link State#file(Constraints,
 * FileAction...)}, the sources), they hold for that one. Given to {@link
 * State#marshal(Constraints)}, they are the defaults of all operations of the graph. Each method
 * returns a changed copy.
 *
 * <pre>{@code
 * Constraints.none().platform(Platform.LINUX_ARM64).customName("compile").ignoreCache()
 * }</pre>
 */
public final class Constraints {
  private static final Constraints NONE = new Constraints(new Draft());

  private final @Nullable Platform platform;
  private final List<String> filters;
  private final Metadata metadata;
  private final List<SourceLocation> locations;
  private final @Nullable String localUniqueId;
  private final @Nullable Set<String> caps;

  private Constraints(Draft draft) {
    platform = draft.platform;
    filters = List.copyOf(draft.filters);
    metadata = draft.metadata;
    locations = List.copyOf(draft.locations);
    localUniqueId = draft.localUniqueId;
    caps = draft.caps;
  }

  /** Returns no constraints. */
  public static Constraints none() {
    return NONE;
  }

  /** Sets the platform that images are pulled for and commands run on; it is used as it is given. */
  public Constraints platform(Platform platform) {
    requireNonNull(platform, "platform");
    return copy(draft -> draft.platform = platform);
  }

  /**
   * Adds demands on the labels of the worker, in containerd's filter language, such as {@code
   * label.gpu==true}. All of them must hold. They are for daemons that choose among workers: {@code
   * buildkitd} takes its default worker without looking at them.
   */
  public Constraints require(String... filters) {
    return copy(draft -> draft.filters.addAll(List.of(filters)));
  }

  /** Carries the operation out even if its result is in the cache. */
  public Constraints ignoreCache() {
    return metadata(metadata.toBuilder().setIgnoreCache(true));
  }

  /** Sets the name under which progress shows the operation; the default describes it. */
  public Constraints customName(String name) {
    return description(Map.of("llb.customname", name));
  }

  /**
   * Adds remarks for tools that read the definition; of remarks with the same key the last counts.
   *
   * <p>Keys that begin with {@code llb.} are BuildKit's.
   */
  public Constraints description(Map<String, String> remarks) {
    return metadata(metadata.toBuilder().putAllDescription(remarks));
  }

  /**
   * Sets whether the result goes into exported caches. The default is decided by the mode of the
   * cache export.
   */
  public Constraints exportCache(boolean export) {
    return metadata(metadata.toBuilder().setExportCache(ExportCache.newBuilder().setValue(export)));
  }

  /** Leaves it to the mode of the cache export again whether the result is exported. */
  public Constraints defaultExportCache() {
    return metadata(metadata.toBuilder().clearExportCache());
  }

  /**
   * Shows the operation as part of a group in progress reports.
   *
   * @param id is the same for all operations of the group
   * @param name is shown instead of the names of the operations
   */
  public Constraints progressGroup(String id, String name) {
    return progressGroup(id, name, false);
  }

  /**
   * Shows the operation as part of a group in progress reports, once an operation starts that is a full
   * {@linkplain #progressGroup member} of it.
   *
   * @param id is the same for all operations of the group
   * @param name is shown instead of the names of the operations
   */
  public Constraints weakProgressGroup(String id, String name) {
    return progressGroup(id, name, true);
  }

  private Constraints progressGroup(String id, String name, boolean weak) {
    ProgressGroup group =
        ProgressGroup.newBuilder().setId(id).setName(name).setWeak(weak).build();
    return metadata(metadata.toBuilder().setProgressGroup(group));
  }

  /** Limits the memory and processor time of commands, instead of limits that were set before. */
  public Constraints linuxResources(LinuxResources resources) {
    return metadata(metadata.toBuilder().setLinuxResources(resources.toProto()));
  }

  /**
   * Sets the id that keeps local directories of different clients apart; the default is a new random
   * one for each call of {@link State#marshal()}.
   *
   * <p>With the same id, two definitions of the same graph are equal; a daemon that solves both at
   * once may then read the directory from either client.
   */
  public Constraints localUniqueId(String id) {
    requireNonNull(id, "id");
    return copy(draft -> draft.localUniqueId = id);
  }

  /**
   * Tells what the daemon can do, as ids of its LLB capabilities. It has a meaning only in {@link
   * State#marshal(Constraints)}.
   *
   * <p>A command then gets a default {@code PATH} from here, if the daemon sets none.
   */
  public Constraints caps(Collection<String> ids) {
    Set<String> known = Set.copyOf(ids);
    return copy(draft -> draft.caps = known);
  }

  /** Adds places in source files that the operation was written at. */
  public Constraints addLocation(SourceLocation location) {
    return copy(draft -> draft.locations.add(location));
  }

  private Constraints metadata(OpMetadata.Builder changed) {
    Metadata metadata = Metadata.of(changed);
    return copy(draft -> draft.metadata = metadata);
  }

  /** Returns both, the single values of {@code later} where it has them. */
  Constraints merge(Constraints later) {
    return copy(draft -> {
      draft.platform = later.platform().orElse(platform);
      draft.filters.addAll(later.filters);
      draft.metadata = metadata.merge(later.metadata);
      draft.locations.addAll(later.locations);
      draft.localUniqueId = later.localUniqueId().orElse(localUniqueId);
      draft.caps = later.caps == null ? caps : later.caps;
    });
  }

  private Constraints copy(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new Constraints(draft);
  }

  /** Returns the demands of this and of {@code later} on the worker, in this order. */
  List<String> allFilters(Constraints later) {
    List<String> all = new ArrayList<>(filters);
    all.addAll(later.filters);
    return all;
  }

  Optional<Platform> platform() {
    return Optional.ofNullable(platform);
  }

  Metadata metadata() {
    return metadata;
  }

  List<SourceLocation> locations() {
    return locations;
  }

  Optional<String> localUniqueId() {
    return Optional.ofNullable(localUniqueId);
  }

  /** Returns whether the daemon is known to lack {@code cap}. */
  boolean lacks(String cap) {
    return caps != null && !caps.contains(cap);
  }

  /** Returns whether the daemon is known to have {@code cap}. */
  boolean has(String cap) {
    return caps != null && caps.contains(cap);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    platform().ifPresent(p -> parts.add("platform=" + p));
    if (!filters.isEmpty()) {
      parts.add("require=" + filters);
    }
    metadata.toProto().getAllFields().forEach((field, v) -> parts.add(field.getName() + "=" + v));
    return "Constraints" + parts;
  }

  /** Constraints in the making. */
  private static final class Draft {
    private final List<String> filters = new ArrayList<>();
    private final List<SourceLocation> locations = new ArrayList<>();
    private @Nullable Platform platform;
    private Metadata metadata = Metadata.NONE;
    private @Nullable String localUniqueId;
    private @Nullable Set<String> caps;

    Draft() {}

    Draft(Constraints constraints) {
      filters.addAll(constraints.filters);
      locations.addAll(constraints.locations);
      platform = constraints.platform;
      metadata = constraints.metadata;
      localUniqueId = constraints.localUniqueId;
      caps = constraints.caps;
    }
  }
}
