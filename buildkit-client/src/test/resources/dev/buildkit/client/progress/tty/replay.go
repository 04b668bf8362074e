// SPDX-License-Identifier: Apache-2.0

// Replays a recording of a build on BuildKit's own terminal display, inside of tmux, and writes the screens that
// tmux shows on the way: after a third of the reports, after two thirds, and at the end.
//
//	go run replay.go RECORDING.jsonl SCREENS
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/moby/buildkit/client"
	"github.com/moby/buildkit/util/progress/progressui"
)

func main() {
	reports := read(os.Args[1])
	screens := must(os.Create(os.Args[2]))
	display := must(progressui.NewDisplay(os.Stderr, progressui.TtyMode))
	ch := make(chan *client.SolveStatus)
	done := make(chan struct{})
	go func() {
		display.UpdateFrom(context.Background(), ch)
		close(done)
	}()
	for i, report := range reports {
		ch <- report
		if n := i + 1; n == len(reports)/3 || n == len(reports)*2/3 {
			time.Sleep(400 * time.Millisecond) // two ticks of the display at least
			capture(screens, n)
		}
	}
	close(ch)
	<-done
	capture(screens, len(reports))
	screens.Close()
}

func read(name string) (reports []*client.SolveStatus) {
	lines := bufio.NewScanner(must(os.Open(name)))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var line struct{ Status *client.SolveStatus }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			panic(err)
		}
		if line.Status != nil {
			reports = append(reports, line.Status)
		}
	}
	return reports
}

// capture waits until the screen stays the same but for the times, since tmux may be behind.
func capture(screens *os.File, reports int) {
	time.Sleep(200 * time.Millisecond)
	text := must(exec.Command("tmux", "capture-pane", "-p", "-S", "-", "-t", os.Getenv("TMUX_PANE")).Output())
	fmt.Fprintf(screens, "==== after %d\n%s", reports, text)
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
