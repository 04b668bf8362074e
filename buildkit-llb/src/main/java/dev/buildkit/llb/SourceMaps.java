/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.Locations;
import dev.buildkit.api.OpsProto.Source;
import dev.buildkit.llb.internal.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The places that the operations of a definition were written at. */
final class SourceMaps {
  private final List<SourceMap> maps = new ArrayList<>();
  private final IdentityHashMap<SourceMap, Integer> indexes = new IdentityHashMap<>();
  private final Map<String, Locations> locations = new HashMap<>();

  /** Returns the places in a message, by digest; those in files that are not there are left out. */
  static Map<String, List<SourceLocation>> read(Source source) {
    List<SourceMap> maps = source.getInfosList().stream().map(SourceMap::of).toList();
    Map<String, List<SourceLocation>> places = new HashMap<>();
    source
        .getLocationsMap()
        .forEach((digest, locations) -> places.put(digest, read(maps, locations)));
    return places;
  }

  private static List<SourceLocation> read(List<SourceMap> maps, Locations locations) {
    return locations.getLocationsList().stream()
        .filter(place -> place.getSourceIndex() >= 0 && place.getSourceIndex() < maps.size())
        .map(place -> SourceLocation.of(maps.get(place.getSourceIndex()), place))
        .toList();
  }

  /** Adds the places of an operation; one without places is listed too. */
  void add(String digest, List<SourceLocation> places) {
    if (places.isEmpty()) {
      locations.putIfAbsent(digest, Locations.getDefaultInstance());
      return;
    }
    Locations.Builder all =
        locations.getOrDefault(digest, Locations.getDefaultInstance()).toBuilder();
    places.forEach(place -> all.addLocations(place.toProto(index(place.map()))));
    locations.put(digest, all.build());
  }

  private int index(SourceMap map) {
    Integer known = indexes.get(map);
    if (known != null) {
      return known;
    }
    int index = 0;
    while (index < maps.size() && !maps.get(index).isSame(map)) {
      index++;
    }
    if (index == maps.size()) {
      maps.add(map);
    }
    indexes.put(map, index);
    return index;
  }

  /** Returns the message, with the definitions of files under {@code constraints}. */
  Source toProto(Constraints constraints) {
    Source.Builder source = Source.newBuilder();
    maps.forEach(map -> source.addInfos(map.toProto(constraints)));
    return source.putAllLocations(Utf8.sorted(locations)).build();
  }
}
