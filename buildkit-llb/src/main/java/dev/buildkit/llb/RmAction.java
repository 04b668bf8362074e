/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileActionRm;

/** Removes files; see {@link FileAction#rm}. */
public final class RmAction extends FileAction {
  private final FileActionRm template;

  private RmAction(FileActionRm template) {
    this.template = template;
  }

  static RmAction of(String path) {
    return new RmAction(
        FileActionRm.newBuilder().setPath(checkPath(path, "rm: path")).build());
  }

  /** Does nothing if the path does not exist; the default is to fail. */
  public RmAction allowNotFound() {
    return new RmAction(template.toBuilder().setAllowNotFound(true).build());
  }

  /** Removes all that the path matches as a pattern with {@code *}, {@code ?} and {@code [a-z]}. */
  public RmAction allowWildcard() {
    return new RmAction(template.toBuilder().setAllowWildcard(true).build());
  }

  @Override
  void write(OpsProto.FileAction.Builder to, MarshalContext context, State base, int baseInput) {
    to.setRm(template.toBuilder().setPath(resolve(context, base, template.getPath())));
  }

  @Override
  public String toString() {
    return "rm " + template.getPath();
  }
}
