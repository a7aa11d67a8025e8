"""What is asked of visits: `finding` names them, `listing` tells what belongs to each, `due` who must be visited when."""
