P=".build/debug/populace"; rm -f /tmp/h4m.sqlite*
(time timeout 400 $P experiment Worlds/studies/games/ultimatum.experiment.yaml --db /tmp/h4m.sqlite --quiet) 2>&1
