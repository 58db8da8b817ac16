# SPDX-License-Identifier: GPL-2.0-only
#
# A document with tables from what faults.sh has put into LPO_TEST_TABLE:
#
#   awk -f THIS FILE... > lpo-fault-table.rst
#
# Operations and faults come in the order in which they are found. What was seen in several
# runs is added up. There is no document if an outcome was unexpected, or if a fault was
# not tried at each transfer of each operation.

BEGIN {
	FS = "\t"
	TITLE["emu"] = "Emulator in the kernel"
	TITLE["vhost"] = "Outside of the guest, behind virtio I2C"
}

function known(list, n, what, path) {
	if (!((list, path, what) in seen)) {
		seen[list, path, what] = 1
		order[list, path, ++n[path]] = what
	}
}

{
	path = $2
	if (!(path in TITLE)) {
		print FILENAME ":" FNR ": no path " path > "/dev/stderr"
		failed = 1
		exit 1
	}
	if (!(path in paths)) {
		paths[path] = 1
		order["path", ++n_paths] = path
	}
}

$1 == "kernel" { kernel[path] = kernel[path] && kernel[path] != $3 ? kernel[path] ", " $3 : $3 }

$1 == "left-out" {
	reason[path, $3] = $4
	known("left", n_left, $3, path)
}

$1 == "seen" {
	known("operation", n_operations, $3, path)
	known("fault", n_faults, $4, path)
	wanted[path, $3, $4] += $5 * !((path, $3, $4, FILENAME) in counted)
	counted[path, $3, $4, FILENAME] = 1
	tried[path, $3, $4] += $7
	total[path] += $7
	count[path, $3, $4, $6] += $7
	going[path, $4] = going[path, $4] || $6 == "gone"
	if ($6 != "done" && $6 != "refused" && $6 != "gone") {
		print path ": " $3 ", " $4 ": " $6 " " $7 > "/dev/stderr"
		failed = 1
	}
	if (!((path, $3) in least) || $5 < least[path, $3])
		least[path, $3] = $5
	if ($5 > most[path, $3])
		most[path, $3] = $5
}

# Words of a heading, one below the other where they have to be.
function wrap(text, limit,    words, n, i, line, lines) {
	n = split(text, words, " ")
	line = words[1]
	lines = 0
	for (i = 2; i <= n; i++) {
		if (length(line) + 1 + length(words[i]) > limit) {
			part[++lines] = line
			line = words[i]
		} else {
			line = line " " words[i]
		}
	}
	part[++lines] = line
	return lines
}

function rule(n,    i, text) {
	text = ""
	for (i = 1; i <= n; i++)
		text = text substr("==================================================", 1, width[i]) (i < n ? "  " : "")
	print text
}

function row(n,    i, text) {
	text = ""
	for (i = 1; i <= n; i++)
		text = text sprintf("%-" width[i] "s", cell[i]) (i < n ? "  " : "")
	sub(/ +$/, "", text)
	print text
}

function longest_word(text,    words, n, i, max) {
	n = split(text, words, " ")
	max = 0
	for (i = 1; i <= n; i++)
		if (length(words[i]) > max)
			max = length(words[i])
	return max
}

function outcomes(path, op, fault,    other) {
	other = going[path, fault] ? "gone" : "refused"
	return count[path, op, fault, "done"] + 0 "/" count[path, op, fault, other] + 0
}

function heading(text, mark,    line) {
	line = text
	gsub(/./, mark, line)
	print "\n" text "\n" line "\n"
}

# Was each fault tried at each transfer?
function complete(path,    i, k, op, fault) {
	for (i = 1; i <= n_operations[path]; i++) {
		op = order["operation", path, i]
		for (k = 1; k <= n_faults[path]; k++) {
			fault = order["fault", path, k]
			if (tried[path, op, fault] && tried[path, op, fault] == wanted[path, op, fault])
				continue
			printf "%s: %s, %s: at %u of %u transfers\n", path, op, fault,
			       tried[path, op, fault], wanted[path, op, fault] > "/dev/stderr"
			failed = 1
		}
	}
}

function table(path,    i, k, n, op, fault, lines, height) {
	n = n_faults[path] + 2
	width[1] = length("Operation")
	for (i = 1; i <= n_operations[path]; i++)
		if (length(order["operation", path, i]) > width[1])
			width[1] = length(order["operation", path, i])
	width[2] = length("Transfers")
	for (k = 1; k <= n_faults[path]; k++) {
		fault = order["fault", path, k]
		width[k + 2] = longest_word(fault)
		for (i = 1; i <= n_operations[path]; i++) {
			op = outcomes(path, order["operation", path, i], fault)
			if (length(op) > width[k + 2])
				width[k + 2] = length(op)
		}
	}
	height = 1
	for (k = 1; k <= n_faults[path]; k++) {
		lines = wrap(order["fault", path, k], width[k + 2])
		for (i = 1; i <= lines; i++)
			head[k, i] = part[i]
		tall[k] = lines
		if (lines > height)
			height = lines
	}
	rule(n)
	for (i = 1; i <= height; i++) {
		cell[1] = i == 1 ? "Operation" : ""
		cell[2] = i == 1 ? "Transfers" : ""
		for (k = 1; k <= n_faults[path]; k++)
			cell[k + 2] = i <= tall[k] ? head[k, i] : ""
		row(n)
	}
	rule(n)
	for (i = 1; i <= n_operations[path]; i++) {
		op = order["operation", path, i]
		cell[1] = op
		cell[2] = least[path, op]
		if (most[path, op] != least[path, op])
			cell[2] = cell[2] "-" most[path, op]
		for (k = 1; k <= n_faults[path]; k++) {
			fault = order["fault", path, k]
			cell[k + 2] = outcomes(path, op, fault)
		}
		row(n)
	}
	rule(n)
}

END {
	for (i = 1; i <= n_paths; i++)
		complete(order["path", i])
	if (failed)
		exit 1
	print ".. SPDX-License-Identifier: GPL-2.0-only"
	print ".. Made of what faults.sh has seen: not to be edited."
	print "\n================================================"
	print "What a fault of the bus does: what was measured"
	print "================================================"
	print "\nOutcomes of ``selftests/lpo/faults.sh`` with each fault at each transfer of each operation:"
	print "*done*/*refused*, or *done*/*gone* where the module or the adapter goes. What these mean,"
	print "and how to run it again, is in Documentation/networking/lpo-fault-matrix.rst. There was no"
	print "other outcome. Transfers are those that the operation has without a fault or, where it"
	print "looks again and again what became of it, the first ones of them."
	for (i = 1; i <= n_paths; i++) {
		path = order["path", i]
		heading(TITLE[path], "=")
		printf "Linux %s, %u faults.", kernel[path], total[path]
		for (k = 1; k <= n_left[path]; k++)
			printf " Left out: %s (%s).", order["left", path, k], reason[path, order["left", path, k]]
		print "\n"
		table(path)
	}
}
