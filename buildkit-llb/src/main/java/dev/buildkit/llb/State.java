/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file system that operations describe, with the environment, working directory, user and the like
 * for the commands that will run on it.
 *
 * <p>States are immutable and may be shared between threads: every method returns a new one, and
 * nothing is carried out before a daemon solves the {@linkplain #marshal() definition}. A state is
 * equal only to itself; to compare what two of them describe, compare their definitions.
 *
 * <pre>{@code
 * Definition definition = State.image("alpine:3.22")
 *     .run("apk add --no-cache git")
 *     .dir("/src")
 *     .copy(State.local("context"), ".", ".")
 *     .marshal(Constraints.none().platform(Platform.LINUX_AMD64));
 * }</pre>
 */
public sealed class State permits ExecState {
  private final @Nullable Output output;
  private final StateMeta meta;
  private final Constraints marshalDefaults;

  private State(@Nullable Output output, StateMeta meta, Constraints marshalDefaults) {
    this.output = output;
    this.meta = meta;
    this.marshalDefaults = marshalDefaults;
  }

  State(State other) {
    this(other.output, other.meta, other.marshalDefaults);
  }

  private State(@Nullable Output output, StateMeta meta) {
    this(output, meta, Constraints.none());
  }

  /** Returns a fresh state of an output. */
  static State of(@Nullable Output output) {
    return new State(output, StateMeta.INITIAL.platformOf(output));
  }

  /** Returns the empty file system. */
  public static State scratch() {
    return of(null);
  }

  /**
   * Returns the file system of an image in a registry.
   *
   * <p>The environment and the working directory of the image are not known here; set what commands
   * need.
   *
   * @param reference such as {@code alpine:3.22}; the tag {@code latest} and Docker Hub are added as in
   *     the docker command
   * @throws IllegalArgumentException if it is no reference to an image
   */
  public static State image(String reference) {
    return from(ImageSource.of(reference));
  }

  /** Returns the file system of an image in a registry. */
  public static State image(ImageSource source) {
    return from(source);
  }

  /**
   * Returns a directory of the client, which it offers under this name when it solves.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public static State local(String name) {
    return from(LocalSource.of(name));
  }

  /** Returns the file system that a source yields. */
  public static State from(Source source) {
    return source.state();
  }

  /**
   * Returns the result of a definition, for operations on top of it. Its own operations stay as they
   * are, whatever constraints the new graph has.
   */
  public static State from(Definition definition) {
    return definition.isEmpty() ? scratch() : of(DefinitionGraph.result(definition.toProto()));
  }

  /**
   * Lays file systems over one another, the later on top, without copying a file.
   *
   * <p>The environment, directory and the like are those of the first that is not empty.
   */
  public static State merge(State... layers) {
    return merge(Constraints.none(), layers);
  }

  /** Lays file systems over one another as {@link #merge(State...)} does, under constraints. */
  public static State merge(Constraints constraints, State... layers) {
    requireNonNull(constraints, "constraints");
    List<State> files = Stream.of(layers).filter(layer -> layer.output != null).toList();
    if (files.isEmpty()) {
      return scratch();
    }
    State first = files.get(0);
    if (files.size() == 1) {
      return first;
    }
    List<Output> outputs =
        files.stream().map(layer -> requireNonNull(layer.output)).toList();
    return first.output(Output.of(new MergeVertex(outputs, constraints)));
  }

  /**
   * Returns what changes from {@code lower} to {@code upper}, to {@linkplain #merge merge} it elsewhere.
   *
   * <p>The environment, directory and the like are those of {@code lower}.
   */
  public static State diff(State lower, State upper) {
    return diff(Constraints.none(), lower, upper);
  }

  /** Returns what changes as {@link #diff(State, State)} does, under constraints. */
  public static State diff(Constraints constraints, State lower, State upper) {
    requireNonNull(constraints, "constraints");
    if (lower.output == null) {
      return upper.output == null ? scratch() : upper;
    }
    return lower.output(Output.of(new DiffVertex(lower.output, upper.output, constraints)));
  }

  /**
   * Runs a command line with {@code /bin/sh -c}.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public ExecState run(String commandLine) {
    return run(Exec.shell(commandLine));
  }

  /** Runs a command on this file system. */
  public ExecState run(Exec exec) {
    return ExecState.of(this, exec);
  }

  /**
   * Copies files and creates the directories above the destination that are missing.
   *
   * <p>{@link FileAction#copy} and {@link #file(FileAction...)} offer more.
   *
   * @param source is a path in {@code from}; a relative one is taken from its working directory
   * @param destination is a path in this state; what is copied goes into it if it ends with a slash or
   *     is a directory
   */
  public State copy(State from, String source, String destination) {
    return file(FileAction.copy(from, source, destination).createDestPath());
  }

  /**
   * Changes files, all in one operation and in the given order.
   *
   * @throws IllegalArgumentException if there are no actions
   */
  public State file(FileAction... actions) {
    return file(Constraints.none(), actions);
  }

  /**
   * Changes files, all in one operation and in the given order.
   *
   * @throws IllegalArgumentException if there are no actions
   */
  public State file(Constraints constraints, FileAction... actions) {
    requireNonNull(constraints, "constraints");
    FileStep last = FileStep.chain(this, List.of(actions));
    return output(Output.of(new FileVertex(last, constraints)));
  }

  /**
   * Makes this file system available only after all of {@code others} are.
   *
   * @param id names what is waited for
   * @throws IllegalArgumentException if the id is empty
   */
  public State requires(String id, State... others) {
    Check.notEmpty(id, "requires: id", "name what is waited for");
    if (output == null) {
      throw new IllegalArgumentException("requires " + id
          + ": the empty file system is always available; call it on another state");
    }
    if (others.length == 0) {
      return this;
    }
    List<Output> inputs = new ArrayList<>(List.of(output));
    inputs.addAll(outputs(List.of(others)));
    return output(Output.of(new PassthroughVertex(id, inputs, List.of(0))));
  }

  /**
   * Makes file systems available together: each result is one of {@code passed}, available once all of these and all of {@code
   * required} are. {@link #requires} is the form for a single one.
   *
   * @param id names what is waited for
   * @return the results in the order of {@code passed}; {@link #scratch()} stays what it is, as it is always available
   * @throws IllegalArgumentException if the id is empty, or nothing is passed but empty file systems
   */
  public static List<State> passthrough(String id, List<State> passed, State... required) {
    Check.notEmpty(id, "passthrough: id", "name what is waited for");
    List<Output> inputs = outputs(passed);
    int results = inputs.size();
    if (results == 0) {
      throw new IllegalArgumentException("passthrough " + id
          + ": nothing is passed but empty file systems, which are always available; leave it out");
    }
    inputs.addAll(outputs(List.of(required)));
    PassthroughVertex vertex =
        new PassthroughVertex(id, inputs, IntStream.range(0, results).boxed().toList());
    List<State> states = new ArrayList<>();
    int index = 0;
    for (State state : passed) {
      states.add(
          state.output == null ? state : state.output(new Output.OfVertex(vertex, index++, null)));
    }
    return List.copyOf(states);
  }

  /** Returns what the states are made of, without those that are empty. */
  private static List<Output> outputs(List<State> states) {
    List<Output> outputs = new ArrayList<>();
    for (State state : states) {
      if (state.output != null) {
        outputs.add(state.output);
      }
    }
    return outputs;
  }

  /**
   * Solves the definition that is in the file {@code buildkit.llb.definition} of this state.
   *
   * @throws IllegalArgumentException if this is {@link #scratch()}
   */
  public State nestedBuild() {
    return nestedBuild(Constraints.none(), "");
  }

  /**
   * Solves the definition that is in a file of this state.
   *
   * @param filename is empty for {@code buildkit.llb.definition}
   * @throws IllegalArgumentException if this is {@link #scratch()}
   */
  public State nestedBuild(Constraints constraints, String filename) {
    requireNonNull(constraints, "constraints");
    requireNonNull(filename, "filename");
    if (output == null) {
      throw new IllegalArgumentException(
          "nested build: the empty file system has no definition; run what writes one first");
    }
    return output(Output.of(new BuildVertex(output, filename, constraints)));
  }

  /** Sets an environment variable. One that is set again moves to the end of the environment. */
  public State addEnv(String name, String value) {
    return change(MetaChange.env(name, value));
  }

  /** Sets an environment variable unless it is set already, be it to nothing. */
  public State addEnvIfAbsent(String name, String value) {
    return change(MetaChange.envIfAbsent(name, value));
  }

  /** Takes a variable out of the environment; one that is not there is no error. */
  public State removeEnv(String name) {
    return change(MetaChange.noEnv(name));
  }

  /** Sets the working directory; a relative one is taken from the one before, at first {@code /}. */
  public State dir(String path) {
    return change(MetaChange.dir(path));
  }

  /** Sets the user, such as {@code app}, {@code 1000} or {@code 1000:1000}; empty is root. */
  public State user(String user) {
    return change(MetaChange.user(user));
  }

  /** Sets the name of the machine that commands see. */
  public State hostname(String hostname) {
    return change(MetaChange.hostname(hostname));
  }

  /** Sets which network commands see. */
  public State network(NetworkMode mode) {
    return change(MetaChange.network(mode));
  }

  /** Sets how far commands are confined. */
  public State security(SecurityMode mode) {
    return change(MetaChange.security(mode));
  }

  /**
   * Adds a line to {@code /etc/hosts} of commands.
   *
   * @throws IllegalArgumentException if {@code host} is empty or {@code ip} is no IP address
   */
  public State addExtraHost(String host, String ip) {
    return change(MetaChange.extraHost(host, ip));
  }

  /**
   * Limits a resource of the processes of commands.
   *
   * @param name as in {@code limits.conf}, such as {@code nofile}
   * @param soft is the limit in force, -1 for none
   * @param hard is the most to which a process may raise it, -1 for none
   * @throws IllegalArgumentException if a limit is below -1, or the soft one exceeds the hard one
   */
  public State addUlimit(String name, long soft, long hard) {
    return change(MetaChange.ulimit(name, soft, hard));
  }

  /** Sets the control group below which the processes of commands get theirs. */
  public State cgroupParent(String path) {
    return change(MetaChange.cgroupParent(path));
  }

  /** Sets the platform that commands run on; it is {@linkplain Platform#normalized() normalised}. */
  public State platform(Platform platform) {
    return change(MetaChange.platform(platform));
  }

  /**
   * Sets the environment, working directory and platform that an image config names; the user, the
   * command and all else in it are not used.
   *
   * @param json is an OCI image config
   * @throws IllegalArgumentException if it is no JSON object
   */
  public State imageConfig(String json) {
    return imageConfig(ImageConfig.parse(json));
  }

  /**
   * Sets the environment, working directory and platform that an image config names. For its user
   * add {@code user(config.user())}.
   */
  public State imageConfig(ImageConfig config) {
    State state = this;
    for (MetaChange change : config.changes()) {
      state = state.change(change);
    }
    return state;
  }

  /** Returns the environment, in the order in which commands get it. */
  public Map<String, String> env() {
    return known().env;
  }

  /** Returns the working directory. */
  public String dir() {
    return known().dir;
  }

  /** Returns the user; empty if none was set, which means root. */
  public String user() {
    return known().user;
  }

  /** Returns the name of the machine; empty if none was set. */
  public String hostname() {
    return known().hostname;
  }

  /** Returns which network commands see. */
  public NetworkMode network() {
    return known().network;
  }

  /** Returns how far commands are confined. */
  public SecurityMode security() {
    return known().security;
  }

  /** Returns the control group below which commands run; empty if none was set. */
  public String cgroupParent() {
    return known().cgroupParent;
  }

  /** Returns the platform that was set here or for the operation; empty if the graph's is used. */
  public Optional<Platform> platform() {
    return Optional.ofNullable(known().platform);
  }

  /** Returns the files of {@code other} with the environment, directory and the like of this state. */
  public State output(State other) {
    return output(other.output);
  }

  /**
   * Returns the files of this state with the environment, user and the like of {@code other}.
   *
   * <p>As in BuildKit's Go client, the working directory is {@code /}, unless a platform was demanded of
   * the operation that yields the files: then the directory is that of {@code other}.
   */
  public State reset(State other) {
    boolean ownPlatform = output != null && output.platform() != null;
    StateMeta reset =
        ownPlatform ? other.meta.platformOf(output) : other.meta.change(d -> d.dir("/"));
    return new State(output, reset);
  }

  /** Applies a function to this state, so that own steps fit into a chain of calls. */
  public State with(UnaryOperator<State> step) {
    return requireNonNull(step.apply(this), "step returned null");
  }

  /**
   * Returns a state that {@code function} computes from this one when the graph is marshaled and its
   * platform is known: once in each call of marshal.
   *
   * <p>The readers of the state ({@link #env()} and the like) carry the function out for Linux on the
   * architecture of this machine. What it throws comes out of marshal and of the readers.
   */
  public State async(BiFunction<State, Platform, State> function) {
    Deferred deferred = new Deferred(this, function);
    return new State(deferred, StateMeta.of(deferred));
  }

  /**
   * Sets constraints for {@link #marshal()} of this very state; those given there come on top. Any
   * further method of the state forgets them.
   */
  public State marshalDefaults(Constraints constraints) {
    return new State(output, meta, requireNonNull(constraints, "constraints"));
  }

  /**
   * Returns the definition of this state for Linux on the architecture of this machine.
   *
   * <p>The operating system is always Linux, whatever runs here; give a platform for another target. A
   * graph with {@linkplain #local local directories} gets a new random id each time, see {@link
   * Constraints#localUniqueId}; any other graph yields the same bytes each time.
   */
  public Definition marshal() {
    return marshal(Constraints.none());
  }

  /**
   * Returns the definition of this state, with {@code constraints} as defaults of all operations. A
   * platform that is not given is that of {@link #marshal()}.
   */
  public Definition marshal(Constraints constraints) {
    Constraints all = Constraints.none()
        .platform(Platform.linuxOnThisMachine())
        .localUniqueId(UUID.randomUUID().toString())
        .merge(marshalDefaults)
        .merge(constraints);
    return Marshaler.marshal(output, all);
  }

  private State change(MetaChange change) {
    return new State(output, meta.change(change));
  }

  @Nullable
  Output output() {
    return output;
  }

  StateMeta meta() {
    return meta;
  }

  /** Returns the metadata as it is for the default platform. */
  private Meta known() {
    return meta.resolve(deferred -> deferred.compute(Platform.linuxOnThisMachine()));
  }

  /** Returns the state with other files and the same metadata. */
  State output(@Nullable Output other) {
    return new State(other, meta.platformOf(other));
  }

  /** Returns what the last operation is. */
  @Override
  public String toString() {
    return "State[" + (output == null ? "scratch" : output) + "]";
  }
}
