/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto.ChownOpt;
import dev.buildkit.api.OpsProto.FileOp;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.UserOpt;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileActionTest {
  private static final State SCRATCH = State.scratch();

  private static FileOp op(FileAction... actions) throws Exception {
    return Op.parseFrom(SCRATCH.file(actions).marshal().toProto().getDef(0)).getFile();
  }

  @Test
  void pathsAreGiven() {
    String remedy = " is empty; use . for the working directory";
    assertRefused(() -> FileAction.mkdir("", 0755), "mkdir: path" + remedy);
    assertRefused(() -> FileAction.mkfile("", 0644, ""), "mkfile: path" + remedy);
    assertRefused(() -> FileAction.rm(""), "rm: path" + remedy);
    assertRefused(() -> FileAction.symlink("", "/l"), "symlink: target" + remedy);
    assertRefused(() -> FileAction.symlink("/t", ""), "symlink: link" + remedy);
    assertRefused(() -> FileAction.copy(SCRATCH, "", "/d"), "copy: source" + remedy);
    assertRefused(() -> FileAction.copy(SCRATCH, "/s", ""), "copy: destination" + remedy);
  }

  @Test
  void modesAreOctal() {
    assertRefused(
        () -> FileAction.mkdir("/d", 0100755),
        "mode must be between 0 and 07777, but was: 0100755; write it in octal, such as 0644");
    assertRefused(
        () -> FileAction.copy(SCRATCH, "/", "/").chmod(-1),
        "mode must be between 0 and 07777, but was: 037777777777; write it in octal, such as 0644");
    assertRefused(
        () -> FileAction.copy(SCRATCH, "/", "/").chmod(""),
        "copy: mode is empty; write it as for the chmod command, such as go-w");
  }

  @Test
  void ofTwoModesTheLastCounts() throws Exception {
    CopyAction copy = FileAction.copy(SCRATCH, "/", "/");

    assertThat(op(copy.chmod("u+x").chmod(0700)).getActions(0).getCopy().getModeStr())
        .isEmpty();
    assertThat(op(copy.chmod(0700).chmod("u+x")).getActions(0).getCopy().getMode())
        .isZero();
  }

  @Test
  void ownersAreNamedOrNumbered() throws Exception {
    assertRefused(
        () -> FileAction.mkdir("/d", 0755).chown(""),
        "owner \"\": the user is empty; write user, user:group or user:");
    assertRefused(
        () -> FileAction.mkdir("/d", 0755).chown(":staff"),
        "owner \":staff\": the user is empty; write user, user:group or user:");
    assertRefused(
        () -> FileAction.mkdir("/d", 0755).chown(-1, 0),
        "uid must not be negative, but was: -1; use 0 for root");

    // Too great for a number of BuildKit's, so it is a name.
    var owner =
        op(FileAction.mkdir("/d", 0755).chown("4294967295")).getActions(0).getMkdir();
    assertThat(owner.getOwner().getUser().getByName().getName()).isEqualTo("4294967295");
  }

  /** As BuildKit 0.34 does it; 0.32 wrote a group with the id 0. */
  @Test
  void anEmptyGroupIsLeftToTheDaemon() throws Exception {
    assertThat(op(FileAction.mkdir("/d", 0755).chown("bob:")))
        .isEqualTo(op(FileAction.mkdir("/d", 0755).chown("bob")));
    assertThat(op(FileAction.mkdir("/d", 0755).chown("5:")))
        .isEqualTo(op(FileAction.mkdir("/d", 0755).chown("5")));
  }

  @ParameterizedTest
  @CsvSource({"+5, 5", "x:-1, -1", "-2147483648, -2147483648", "0000000000007, 7"})
  void numbersMayHaveASignAndZeros(String text, int id) throws Exception {
    ChownOpt owner =
        op(FileAction.mkdir("/d", 0755).chown(text)).getActions(0).getMkdir().getOwner();

    assertThat(text.contains(":") ? owner.getGroup() : owner.getUser())
        .isEqualTo(UserOpt.newBuilder().setByID(id).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "1 ", "2147483648", "-2147483649", "5x", "\u0665"})
  void whatIsNoNumberIsAName(String text) throws Exception {
    ChownOpt owner =
        op(FileAction.mkdir("/d", 0755).chown(text)).getActions(0).getMkdir().getOwner();

    assertThat(owner.getUser().getByName().getName()).isEqualTo(text);
  }

  @Test
  void timesFitIntoNanoseconds() throws Exception {
    assertRefused(
        () -> FileAction.mkdir("/d", 0755).createdTime(Instant.MAX),
        "createdTime must be between the years 1678 and 2261, but was: " + Instant.MAX
            + "; use one that fits into 64 bits of nanoseconds");
    assertThat(op(FileAction.mkdir("/d", 0755).createdTime(Instant.EPOCH))
            .getActions(0)
            .getMkdir()
            .getTimestamp())
        .isZero();
  }

  @Test
  void aFileOperationHasActions() {
    String message =
        "file: action is required; give at least one, such as FileAction.mkdir(\"/app\", 0755)";
    assertRefused(() -> SCRATCH.file(), message);
    assertRefused(() -> FileAction.chain(SCRATCH), message);
  }

  @Test
  void aChainIsCarriedOutOnceHoweverOftenItIsCopiedFrom() throws Exception {
    FileChain chain =
        FileAction.chain(SCRATCH, FileAction.mkfile("/a", 0644, ""), FileAction.rm("/b"));
    FileOp op = op(FileAction.copy(chain, "/a", "/x"), FileAction.copy(chain, "/a", "/y"));

    assertThat(op.getActionsCount()).isEqualTo(4);
    assertThat(op.getActions(2).getSecondaryInput()).isEqualTo(1);
    assertThat(op.getActions(3).getInput()).isEqualTo(2);
    assertThat(op.getActions(3).getSecondaryInput()).isEqualTo(1);
    assertThat(chain).hasToString("FileChain[rm /b]");
  }

  @Test
  void theContentIsCopied() throws Exception {
    byte[] content = {1, 2};
    FileAction action = FileAction.mkfile("/f", 0644, content);
    content[0] = 9;

    assertThat(op(action).getActions(0).getMkfile().getData().toByteArray()).containsExactly(1, 2);
  }

  @Test
  void theTextSaysWhatIsDone() {
    assertThat(FileAction.mkdir("/d", 0755)).hasToString("mkdir /d");
    assertThat(FileAction.mkfile("/f", 0644, "secret")).hasToString("mkfile /f");
    assertThat(FileAction.symlink("/t", "/l")).hasToString("symlink /l to /t");
    assertThat(FileAction.rm("/r")).hasToString("rm /r");
    assertThat(FileAction.copy(SCRATCH, "/a", "/b")).hasToString("copy /a to /b");
  }
}
