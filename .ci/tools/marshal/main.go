// SPDX-License-Identifier: Apache-2.0

// Command marshal times Go's llb on the graphs of MarshalBenchmark, to compare the two.
//
//	go run ./marshal [ROUNDS]
//
// It prints a line for each graph: shape, operations, digest of the operations' digests, then the medians of milliseconds
// of wall time and of bytes allocated for one call of Marshal. A graph that takes long is marshaled once, and its larger
// sisters, which would take minutes, are left out.
package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"runtime"
	"sort"
	"strconv"
	"time"

	"github.com/moby/buildkit/client/llb"
	"github.com/opencontainers/go-digest"
)

const longMillis = 5_000

var sizes = []int{1_000, 10_000, 100_000}

var shapes = []struct {
	name  string
	graph func(operations int) llb.State
}{
	{"chain", chain},
	{"diamonds", diamonds},
	{"merge", merge},
}

func step(base llb.State, words ...string) llb.State {
	return base.Run(llb.Args(append([]string{"step"}, words...))).Root()
}

// chain has commands that run one after the other.
func chain(operations int) llb.State {
	state := llb.Image("alpine")
	for i := 1; i < operations; i++ {
		state = step(state, strconv.Itoa(i))
	}
	return state
}

// diamonds has two commands on one state whose results are merged, again and again.
func diamonds(operations int) llb.State {
	state := llb.Image("alpine")
	for i := 1; i < operations; i += 3 {
		n := strconv.Itoa(i)
		state = llb.Merge([]llb.State{step(state, "left", n), step(state, "right", n)})
	}
	return state
}

// merge has many commands on one state whose results are merged at once.
func merge(operations int) llb.State {
	base := llb.Image("alpine")
	var layers []llb.State
	for i := 2; i < operations; i++ {
		layers = append(layers, step(base, strconv.Itoa(i)))
	}
	return llb.Merge(layers)
}

type round struct {
	millis float64
	bytes  uint64
}

// measure builds the graph anew each time, since Go keeps what it has marshaled.
func measure(graph func(int) llb.State, operations int) (*llb.Definition, round) {
	state := graph(operations)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	definition, err := state.Marshal(context.Background(), llb.LinuxAmd64)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if err != nil {
		log.Fatal(err)
	}
	return definition, round{float64(took.Microseconds()) / 1000, after.TotalAlloc - before.TotalAlloc}
}

func fingerprint(definition *llb.Definition) string {
	hash := sha256.New()
	for _, operation := range definition.Def {
		fmt.Fprintln(hash, digest.FromBytes(operation))
	}
	return fmt.Sprintf("%x", hash.Sum(nil))[:16]
}

func main() {
	rounds := 11
	if len(os.Args) > 1 {
		var err error
		if rounds, err = strconv.Atoi(os.Args[1]); err != nil || rounds < 1 {
			log.Fatalf("ROUNDS is a positive number, not %q", os.Args[1])
		}
	}
	for _, shape := range shapes {
		for _, size := range sizes {
			var all []round
			var definition *llb.Definition
			for len(all) < rounds && (len(all) == 0 || all[0].millis < longMillis) {
				var one round
				definition, one = measure(shape.graph, size)
				all = append(all, one)
			}
			sort.Slice(all, func(i, j int) bool { return all[i].millis < all[j].millis })
			middle := all[len(all)/2]
			fmt.Printf("%s %d %s %.3f %d\n", shape.name, size, fingerprint(definition), middle.millis, middle.bytes)
			if middle.millis > longMillis {
				break
			}
		}
	}
}
