package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	slog.Info("listening", "service", "${{ values.name }}", "port", ${{ values.port }})
	if err := http.ListenAndServe(":${{ values.port }}", mux); err != nil {
		slog.Error("stopped", "error", err)
		os.Exit(1)
	}
}
