/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.client.internal.json.JsonObject;
import dev.buildkit.llb.Definition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes graphs as {@code buildctl} does in {@link StatusJson}: operations as bytes, and what is known beside them. */
final class DefinitionJson {
  private DefinitionJson() {}

  static JsonObject of(Definition definition) {
    return of(definition.toProto());
  }

  private static JsonObject of(OpsProto.Definition definition) {
    return new JsonObject()
        .putBytes(
            "def", definition.getDefList().stream().map(ByteString::toByteArray).toList())
        .put("metadata", sorted(definition.getMetadataMap(), DefinitionJson::of))
        .put("Source", present(definition.hasSource(), () -> of(definition.getSource())));
  }

  private static JsonObject of(OpsProto.OpMetadata metadata) {
    JsonObject caps = new JsonObject();
    new TreeMap<>(metadata.getCapsMap()).forEach(caps::put);
    return new JsonObject()
        .put("ignore_cache", metadata.getIgnoreCache())
        .put(
            "description",
            present(
                metadata.getDescriptionCount() > 0,
                () -> JsonObject.ofTexts(new TreeMap<>(metadata.getDescriptionMap()))))
        .put(
            "export_cache",
            present(
                metadata.hasExportCache(),
                () -> new JsonObject().put("Value", metadata.getExportCache().getValue())))
        .put("caps", present(metadata.getCapsCount() > 0, () -> caps))
        .put(
            "progress_group",
            present(metadata.hasProgressGroup(), () -> of(metadata.getProgressGroup())))
        .put(
            "linux_resources",
            present(metadata.hasLinuxResources(), () -> of(metadata.getLinuxResources())));
  }

  private static JsonObject of(OpsProto.ProgressGroup group) {
    return new JsonObject()
        .put("id", group.getId())
        .put("name", group.getName())
        .put("weak", group.getWeak());
  }

  private static JsonObject of(OpsProto.LinuxResources resources) {
    return new JsonObject()
        .put("memory", resources.getMemory())
        .put("memorySwap", resources.getMemorySwap())
        .put("cpuShares", resources.getCpuShares())
        .put("cpuPeriod", resources.getCpuPeriod())
        .put("cpuQuota", resources.getCpuQuota())
        .put("cpusetCpus", resources.getCpusetCpus())
        .put("cpusetMems", resources.getCpusetMems());
  }

  private static JsonObject of(OpsProto.Source source) {
    return new JsonObject()
        .put("locations", sorted(source.getLocationsMap(), DefinitionJson::of))
        .putObjects(
            "infos", source.getInfosList().stream().map(DefinitionJson::of).toList());
  }

  private static JsonObject of(OpsProto.Locations locations) {
    return new JsonObject()
        .putObjects(
            "locations",
            locations.getLocationsList().stream().map(DefinitionJson::of).toList());
  }

  private static JsonObject of(OpsProto.Location location) {
    return new JsonObject()
        .put("sourceIndex", location.getSourceIndex())
        .putObjects(
            "ranges", location.getRangesList().stream().map(DefinitionJson::of).toList());
  }

  private static JsonObject of(OpsProto.Range range) {
    return new JsonObject()
        .put("start", present(range.hasStart(), () -> of(range.getStart())))
        .put("end", present(range.hasEnd(), () -> of(range.getEnd())));
  }

  private static JsonObject of(OpsProto.Position position) {
    return new JsonObject()
        .put("line", position.getLine())
        .put("character", position.getCharacter());
  }

  private static JsonObject of(OpsProto.SourceInfo info) {
    return new JsonObject()
        .put("filename", info.getFilename())
        .put("data", info.getData().toByteArray())
        .put("definition", present(info.hasDefinition(), () -> of(info.getDefinition())))
        .put("language", info.getLanguage());
  }

  private static <T> Optional<JsonObject> sorted(
      Map<String, T> members, Function<T, JsonObject> value) {
    JsonObject object = new JsonObject();
    new TreeMap<>(members).forEach((name, member) -> object.put(name, value.apply(member)));
    return members.isEmpty() ? Optional.empty() : Optional.of(object);
  }

  private static Optional<JsonObject> present(boolean present, Supplier<JsonObject> value) {
    return present ? Optional.of(value.get()) : Optional.empty();
  }
}
