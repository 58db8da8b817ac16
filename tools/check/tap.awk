# SPDX-License-Identifier: GPL-2.0-only
#
# Counts the leaf tests of TAP or KTAP output at any depth of nesting, whether it is
# indented (KUnit) or prefixed with "# " (kselftest). Prints "PASSED FAILED SKIPPED",
# and with -v list=1 the failures instead, each after what the tests say of it ("FAIL: ").
#
# A result line that follows results at a greater depth sums these up: it is not a
# test of its own, unless it failed and none of them did (a crash, a timeout).

function fail(what) {
	failed++
	mark(depth)
	if (list)
		print what
}

# A failure is known at every depth above, until a line there sums it up.
function mark(at,	d) {
	for (d = 0; d < at; d++)
		bad[d] = 1
}

# Ends the blocks deeper than the current line: were all planned tests there?
function close_blocks(	d) {
	for (d = deepest; d > depth; d--)
		close_block(d)
	deepest = depth
}

function close_block(d,	 want, got) {
	if (d in plan && plan[d] != seen[d]) {
		want = plan[d]
		got = seen[d] + 0
		failed++
		mark(d)
		if (list)
			print "planned " want " tests, ran " got (last[d] ? ", the last one: " last[d] : "")
	}
	delete plan[d]; delete seen[d]; delete last[d]; delete below[d]; delete bad[d]
}

{
	sub(/\r$/, "")
	sub(/^\[ *[0-9]+\.[0-9]+\] /, "")	# the kernel's time
	line = $0
	depth = 0
	while (match(line, /^(# | )/)) {
		line = substr(line, RLENGTH + 1)
		depth += RLENGTH
	}
}

list && line ~ /^FAIL: / {
	print line
}

line ~ /^K?TAP version [0-9]+/ {
	close_blocks()
	# Programs one after the other, at one depth.
	close_block(depth)
	next
}

line ~ /^1\.\.[0-9]+/ {
	if (depth > deepest)
		deepest = depth
	split(line, w, /[. ]+/)
	if (w[2] > 0) {
		plan[depth] = w[2]
	} else if (toupper(line) ~ /# *SKIP/) {
		skipped++
		for (d = 0; d < depth; d++)
			below[d] = 1
	}
	next
}

line ~ /^(not )?ok [0-9]+/ {
	close_blocks()
	seen[depth]++
	last[depth] = line
	directive = match(line, /# *[A-Za-z]+/) ? toupper(substr(line, RSTART, RLENGTH)) : ""
	gsub(/[# ]/, "", directive)
	if (below[depth]) {
		if (line ~ /^not/ && !bad[depth] && directive != "SKIP")
			fail(line)
	} else if (directive == "SKIP" || directive == "TODO") {
		skipped++
	} else if (line ~ /^not/ && directive != "XFAIL") {
		fail(line)
	} else {
		passed++
	}
	below[depth] = bad[depth] = 0
	for (d = 0; d < depth; d++)
		below[d] = 1
}

END {
	depth = -1
	close_blocks()
	if (!list)
		print passed + 0, failed + 0, skipped + 0
}
