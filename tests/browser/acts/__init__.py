"""What people do, named as they would say it: each act starts where the person stands and ends on the page that answers."""
